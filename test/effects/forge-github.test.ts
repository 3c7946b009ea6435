import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Declined, Unsure } from '../../src/forge/forge.ts'
import { questionKey } from '../../src/signal/signal.ts'
import type { Options } from '../github/start.ts'
import { BRANCH, FILE, startWorld, type World } from './forge-github-world.ts'

let world: World
afterEach(async () => {
  await world.close()
})
const start = async (options: Options = {}) => {
  world = await startWorld(options)
  return world
}

const NOTHING = { branches: [BRANCH], questions: [] }
const NEW = { branch: BRANCH, base: 'main', title: 'Promote web to prod', body: 'Body\n', draft: false }

test('a new pull request with everything takes eight calls, and an unchanged read one', async () => {
  const settings = { allowAutoMerge: true, requiredApprovals: 1 }
  const { forge, github, change, git, notes } = await start({ settings, collaborators: ['alice'] })
  const milestone = await addMilestone('Q4')
  const before = github.calls.length
  const state = await forge.read({ ...NOTHING, milestone: 'Q4' })
  expect(state).toMatchObject({ base: world.base, milestone })
  expect(state.branches.size + state.pullRequests.size).toBe(0)
  const head = await forge.write(change({ [FILE]: 'newTag: v2\n' }))
  const opened = await forge.pullRequests?.open(NEW)
  expect(opened).toEqual({ number: 1, url: `${github.url}/octo/store/pull/1`, adopted: false })
  const decoration = { labels: ['gitops', 'prod'], reviewers: ['alice'], milestone, body: 'Body, done\n' }
  expect(await forge.pullRequests?.decorate(1, decoration)).toEqual({ refused: [] })
  const request = { number: 1, head, mode: 'auto', mergeState: 'UNKNOWN' } as const
  expect(await forge.pullRequests?.merge(request)).toEqual({ is: 'waiting' })
  expect(apiCalls(before)).toEqual([
    'query repository',
    'git/create-tree',
    'git/create-commit',
    'mutation updateRefs',
    'pulls/create',
    'pulls/request-reviewers',
    'issues/update',
    'mutation enablePullRequestAutoMerge',
  ])
  expect(github.pulls()).toMatchObject([
    {
      body: 'Body, done\n',
      labels: [{ name: 'gitops' }, { name: 'prod' }],
      reviewers: [{ login: 'alice' }],
      headOid: head,
    },
  ])
  expect(github.pulls()[0]?.milestone?.title).toBe('Q4')
  expect(notes).toEqual([`Commit ${head.slice(0, 7)} is signed by GitHub.`])

  const calls = github.calls.length
  const again = await forge.read({ ...NOTHING, milestone: 'Q4' })
  expect(apiCalls(calls)).toEqual(['query repository'])
  const own = { parent: world.base.commit, trailers: new Map([['Gitops-Action', ['promote']]]) }
  expect(again.branches.get(BRANCH)).toMatchObject({ name: BRANCH, head, own })
  expect(again.pullRequests.get(BRANCH)).toEqual({
    open: {
      ...{ number: 1, url: opened?.url, title: NEW.title, body: 'Body, done\n', head, draft: false },
      ...{ labels: ['gitops', 'prod'], ours: true, merging: true, mergeState: 'BLOCKED' },
    },
  })
  expect((await git(['show', '-s', '--format=%P %B', head])).toString().trim()).toBe(
    `${world.base.commit} Promote web to prod\n\nGitops-Action: promote`,
  )
})

/** What was asked of the API from the nth call on; git's own traffic does not count. */
function apiCalls(from: number): string[] {
  const operations = world.github.calls.slice(from).map(({ operation }) => operation)
  return operations.filter((operation) => !operation.startsWith('git-'))
}

async function addMilestone(title: string): Promise<number> {
  const { GITHUB_API_URL, GITHUB_REPOSITORY } = world.github.env()
  const answer = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/milestones`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.github.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title }),
  })
  return ((await answer.json()) as { number: number }).number
}

test('a commit keeps modes, bytes and everything beside', async () => {
  const { forge, github, git, change } = await start()
  const link = (await git(['hash-object', '-w', '--stdin'], { input: FILE })).toString().trim()
  await git(['update-index', '--chmod=+x', FILE])
  await git(['update-index', '--add', '--cacheinfo', `120000,${link},link`])
  await git(['-c', 'user.name=Me', '-c', 'user.email=me@example.com', 'commit', '-qm', 'Make it executable'])
  await git(['push', '-q', 'origin', 'HEAD:main'])
  const base = await forge.readBase()
  await forge.read(NOTHING)
  await expect(forge.write(change({ link: 'x' }, { base }))).rejects.toThrow(Declined)
  const binary = new Uint8Array([0xff, 0xfe, 0, 1])
  const text = '\ufeffnewTag: v2 # 日本\r\n'
  const head = await forge.write(change({ [FILE]: text, 'bin/data': binary, ':(top)odd [1].yaml': 'a: 1' }, { base }))
  await git(['fetch', '-q', 'origin', head])
  expect((await git(['show', `${head}:${FILE}`])).toString()).toBe(text)
  expect(await git(['show', `${head}:bin/data`])).toEqual(Buffer.from(binary))
  expect((await git(['show', `${head}::(top)odd [1].yaml`])).toString()).toBe('a: 1')
  const listed = (await git(['ls-tree', '-r', '--format=%(objectmode) %(path)', head])).toString()
  expect(listed.trim().split('\n').sort()).toEqual([
    ...['100644 :(top)odd [1].yaml', '100644 bin/data', `100755 ${FILE}`, '120000 link'],
  ])
  expect(github.counts()).toMatchObject({ 'git/create-blob': 1, 'git/create-tree': 1 })
})

test('a branch is moved and deleted only from where it was read', async () => {
  const { forge, github, change } = await start()
  await forge.read(NOTHING)
  const first = await forge.write(change({ [FILE]: 'newTag: v2\n' }))
  await expect(forge.write(change({ [FILE]: 'newTag: v3\n' }))).rejects.toThrow(Unsure)
  const second = await forge.write(change({ [FILE]: 'newTag: v3\n' }, { before: first }))
  await expect(forge.remove(BRANCH, first)).rejects.toThrow(`the branch ${BRANCH} is not as it was read`)
  const state = await forge.read(NOTHING)
  expect(state.branches.get(BRANCH)?.head).toBe(second)
  await forge.remove(BRANCH, second)
  expect((await forge.read(NOTHING)).branches.size).toBe(0)
  expect(github.pulls()).toEqual([])
})

test('closed by a person and by us are told apart, also where the branch is gone', async () => {
  const { forge, github, change } = await start()
  await forge.read(NOTHING)
  const head = await forge.write(change({ [FILE]: 'newTag: v2\n' }))
  await forge.pullRequests?.open(NEW)
  await github.as('alice').close(1)
  const closed = { number: 1, merged: false, ours: true, body: NEW.body }
  expect((await forge.read(NOTHING)).pullRequests.get(BRANCH)).toEqual({ closed: { ...closed, byPerson: true } })
  await github.as('alice').deleteBranch(BRANCH)
  expect((await forge.read(NOTHING)).pullRequests.get(BRANCH)).toEqual({ closed: { ...closed, byPerson: true } })
  expect((await forge.read({ ...NOTHING, branches: [] })).pullRequests.size).toBe(0)

  await forge.write(change({ [FILE]: 'newTag: v2\n' }))
  await forge.pullRequests?.open(NEW)
  await forge.pullRequests?.close(2, 'Superseded by #1, says @alice.')
  expect(github.pulls()[1]?.comments.map(({ body }) => body)).toEqual([expect.not.stringMatching(/#1|@alice/)])
  expect((await forge.read(NOTHING)).pullRequests.get(BRANCH)).toEqual({
    closed: { ...closed, number: 2, byPerson: false },
  })
  expect(head).toMatch(/^[0-9a-f]{40}$/)
})

test('a foreign pull request of our branch is not ours, and others do not count', async () => {
  const { forge, github } = await start()
  await github.as('alice').push({ branch: BRANCH, files: { [FILE]: 'newTag: v9\n' } })
  await github.as('alice').push({ branch: 'gitops/other/x', files: { 'x.txt': 'x' } })
  await github.as('alice').push({ branch: 'feature', files: { 'x.txt': 'x' } })
  const token = github.issueToken({ kind: 'user', login: 'alice' })
  const hers = world.again({ token })
  await hers.read(NOTHING)
  await hers.pullRequests?.open(NEW)
  const state = await forge.read(NOTHING)
  expect([...state.branches.keys()]).toEqual([BRANCH])
  expect(state.branches.get(BRANCH)?.own).toBeUndefined()
  expect(state.pullRequests.get(BRANCH)?.open).toMatchObject({ number: 1, ours: false })
})

test('a commit of somebody else on top makes a branch foreign', async () => {
  const { forge, github, change } = await start()
  await forge.read(NOTHING)
  await forge.write(change({ [FILE]: 'newTag: v2\n' }))
  expect((await forge.read(NOTHING)).branches.get(BRANCH)?.own?.trailers.get('Gitops-Action')).toEqual(['promote'])
  await github.as('alice').push({ branch: BRANCH, files: { [FILE]: 'newTag: mine\n' } })
  expect((await forge.read(NOTHING)).branches.get(BRANCH)?.own).toBeUndefined()
})

test('a shallow clone is completed, and a base branch of another name read', async () => {
  const { github, git, again } = await start()
  await github.as('alice').push({ files: { 'b.txt': 'b' } })
  const stable = await github.as('alice').push({ branch: 'stable', files: { 'c.txt': 'c' } })
  const tip = (await git(['rev-parse', 'HEAD'])).toString()
  await writeFile(join(git.root, '.git', 'shallow'), tip)
  const forge = again({ base: 'stable' })
  expect(await forge.readBase()).toEqual({ branch: 'stable', commit: stable })
  expect((await git(['rev-parse', '--is-shallow-repository'])).toString().trim()).toBe('false')
  expect((await forge.read(NOTHING)).base).toEqual({ branch: 'stable', commit: stable })
  await expect(again({ base: 'gone' }).readBase()).rejects.toThrow('has no branch "gone"; name the one to promote on')
  await github.as('alice').deleteBranch('stable')
  await expect(forge.read(NOTHING)).rejects.toThrow('GitHub has no branch "stable" in octo/store')
})

test('more branches than a page, and more wanted than a query holds', async () => {
  const { forge, github, git } = await start()
  const commit = (await git(['rev-parse', 'HEAD'])).toString().trim()
  const names = Array.from({ length: 130 }, (_, at) => `gitops/promote/prod/app-${String(at).padStart(3, '0')}`)
  await git(['push', '-q', 'origin', ...names.map((name) => `${commit}:refs/heads/${name}`)])
  const before = github.counts()['query repository'] ?? 0
  const state = await forge.read({ branches: names.slice(0, 60), questions: [] })
  expect([...state.branches.keys()]).toEqual(names)
  expect((github.counts()['query repository'] ?? 0) - before).toBe(2)
})

test('what gates wait for is answered from statuses, check runs and deployments of later commits', async () => {
  const { forge, github, base } = await start()
  const alice = github.as('alice')
  const second = await alice.push({ files: { 'b.txt': 'b' } })
  await forge.readBase()
  const about = { app: 'web', environment: 'staging', since: base.commit } as const
  const e2e = { ask: 'check', name: 'e2e', ...about } as const
  const health = { ask: 'health', reporter: 'github', ...about } as const
  const flux = { ask: 'health', reporter: 'flux', ...about } as const
  const unknown = { ask: 'check', name: 'e2e', ...about, since: '' } as const
  const read = async () => {
    const { answers } = await forge.read({ branches: [], questions: [e2e, health, flux, unknown] })
    return [e2e, health, flux, unknown].map((each) => answers.get(questionKey(each))?.is)
  }
  expect(await read()).toEqual(['pending', 'pending', 'pending', 'unknown'])
  await alice.status(base.commit, 'e2e', 'failure')
  await alice.status(base.commit, 'gitops/verify/staging/web', 'failure')
  await alice.status(base.commit, 'gitops/verify/staging/api', 'success')
  expect(await read()).toEqual(['no', 'no', 'no', 'unknown'])
  await deployed(second)
  await alice.status(second, 'e2e', 'success')
  expect(await read()).toEqual(['yes', 'yes', 'no', 'unknown'])
  await alice.status(second, 'gitops/verify/staging/web', 'success')
  expect(await read()).toEqual(['yes', 'yes', 'yes', 'unknown'])
})

async function deployed(ref: string): Promise<void> {
  const { GITHUB_API_URL, GITHUB_REPOSITORY } = world.github.env()
  const post = async (path: string, body: object) => {
    const answer = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/deployments${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.github.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as { id: number }
  }
  const options = { ref, environment: 'staging', auto_merge: false, required_contexts: [] }
  const { id } = await post('', options)
  await post(`/${id}/statuses`, { state: 'success' })
}
