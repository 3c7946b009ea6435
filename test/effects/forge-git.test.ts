import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { formatCommitMessage } from '../../src/forge/commit-message.ts'
import { type BranchChange, Declined, type Forge, Unsure } from '../../src/forge/forge.ts'
import { type GitForgePorts, openGitForge } from '../../src/forge/git/git.ts'
import { readIdentity } from '../../src/forge/git/identity.ts'
import { openRemote } from '../../src/repository/remote.ts'
import { cloneOf, Folder, newRemote, removeTemporaries, temporary } from './remote-world.ts'

afterEach(removeTemporaries)

const FILE = 'envs/prod/web.yaml'
const FILES = { [FILE]: 'tag: v1\n', 'envs/dev/web.yaml': 'tag: v2\n' }
const BRANCH = 'gitops/promote/prod/web'
const QUERY = { branches: [BRANCH], questions: [] }
const MESSAGE = formatCommitMessage({
  ...{ subject: 'Promote web to prod', body: '', action: 'promote', apps: ['web'], from: ['dev'], to: 'prod' },
  signature: 'gitops <gitops@localhost>',
})

async function open(clone: Folder, more: Partial<GitForgePorts> = {}): Promise<Forge> {
  const git = clone.opened
  const remote = await openRemote(git, { remote: 'origin', environment: clone.environment })
  return openGitForge({ git, remote, identity: await readIdentity(git), now: Date.now, note: () => {}, ...more })
}

async function changeOn(forge: Forge, text: string, more: Partial<BranchChange> = {}): Promise<BranchChange> {
  return {
    branch: BRANCH,
    before: undefined,
    base: await forge.readBase(),
    message: MESSAGE,
    files: [{ path: FILE, after: Buffer.from(text) }],
    title: 'Promote web to prod',
    body: '',
    ...more,
  }
}

const hook = (bare: Folder, name: string, script: string) => {
  writeFileSync(join(bare.root, 'hooks', name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bare.root, 'hooks', name), 0o755)
}

test('a branch is written, found, written anew and deleted; what is the user’s stays', async () => {
  const { bare, clone } = await newRemote(FILES)
  writeFileSync(join(clone.root, FILE), 'tag: mine\n')
  writeFileSync(join(clone.root, 'staged'), 'x\n')
  await clone.git('add', 'staged')
  const before = await clone.belongings()
  const forge = await open(clone, { now: () => Date.UTC(2040, 0) })
  const base = await forge.readBase()
  expect(await forge.read(QUERY)).toEqual({ base, branches: new Map(), pullRequests: new Map(), answers: new Map() })

  const head = await forge.write(await changeOn(forge, 'tag: v2\n'))
  const blob = await bare.git('rev-parse', `${BRANCH}:${FILE}`)
  const state = await forge.read(QUERY)
  expect(state.branches.get(BRANCH)).toMatchObject({
    head,
    own: { parent: base.commit, changed: new Map([[FILE, blob]]) },
  })
  expect(state.branches.get(BRANCH)?.own?.trailers.get('Gitops-App')).toEqual(['web'])
  expect(await bare.git('diff', '--stat', 'main', BRANCH)).toContain('1 file changed, 1 insertion(+), 1 deletion(-)')
  expect(await bare.git('show', '-s', '--format=%an <%ae> %cn <%ce> %ad %cd', '--date=raw', BRANCH)).toBe(
    'gitops <gitops@localhost> gitops <gitops@localhost> 2208988800 +0000 2208988800 +0000',
  )
  expect(await bare.git('show', '-s', '--format=%(trailers:key=Signed-off-by)', BRANCH)).toContain('gitops@localhost')

  const next = await forge.write(await changeOn(forge, 'tag: v3\n', { before: head }))
  expect(await bare.git('rev-list', '--count', `main..${BRANCH}`)).toBe('1')
  expect(await bare.git('rev-parse', BRANCH)).toBe(next)
  await expect(forge.remove(BRANCH, head)).rejects.toThrow(Unsure)
  await forge.remove(BRANCH, next)
  expect((await forge.read(QUERY)).branches).toEqual(new Map())
  await expect(forge.remove(BRANCH, next)).rejects.toThrow(Unsure)
  expect(await clone.belongings()).toBe(before)
})

test('bytes and modes are kept whatever the clone is set to', async () => {
  const { bare, clone } = await newRemote({ ...FILES, '.gitattributes': '*.yaml text eol=crlf filter=shout\n' })
  chmodSync(join(clone.root, FILE), 0o755)
  await clone.commit({ 'envs/prod/nothing': '' })
  await clone.git('push', '-q', 'origin', 'main')
  for (const setting of [
    'core.autocrlf=true',
    'filter.shout.clean=tr a-z A-Z',
    'commit.gpgSign=true',
    'core.splitIndex=true',
    'i18n.commitEncoding=ISO-8859-1',
    'push.gpgSign=if-asked',
    'push.followTags=true',
    'push.default=matching',
    'fetch.prune=true',
    'core.sparseCheckout=true',
  ]) {
    await clone.git('config', ...(setting.split('=', 2) as [string, string]))
  }
  const before = await clone.belongings()
  const forge = await open(clone)
  await forge.write(await changeOn(forge, '\ufefftag: v2 # ü\r\n\r\n'))
  expect((await bare.opened(['show', `${BRANCH}:${FILE}`])).toString()).toBe('\ufefftag: v2 # ü\r\n\r\n')
  expect(await bare.git('ls-tree', BRANCH, FILE)).toMatch(/^100755 /)
  expect(await bare.git('diff', '--name-only', 'main', BRANCH)).toBe(FILE)
  expect(await bare.git('for-each-ref', '--format=%(refname)')).toBe(`refs/heads/${BRANCH}\nrefs/heads/main`)
  expect(await clone.belongings()).toBe(before)
})

test('the identity is what git has, or gitops', async () => {
  const folder = new Folder()
  await folder.git('init', '-q')
  expect(await readIdentity(folder.opened)).toEqual({ name: 'gitops', email: 'gitops@localhost' })
  await folder.git('config', 'user.name', 'Bo <t>')
  expect(await readIdentity(folder.opened)).toEqual({ name: 'gitops', email: 'gitops@localhost' })
  await folder.git('config', 'user.email', 'bot@example.com')
  expect(await readIdentity(folder.opened)).toEqual({ name: 'Bo t', email: 'bot@example.com' })
})

test('of two that do the same one commit stands, and the other finds it done or reads again', async () => {
  const { bare, clone } = await newRemote(FILES)
  const forges = [await open(clone), await open(await cloneOf(bare))] as const
  const changes = [await changeOn(forges[0], 'tag: v2\n'), await changeOn(forges[1], 'tag: v2\n')] as const
  const ended = await Promise.allSettled([forges[0].write(changes[0]), forges[1].write(changes[1])])
  const head = await bare.git('rev-parse', BRANCH)
  for (const end of ended) {
    if (end.status === 'fulfilled') expect(end.value).toBe(head)
    else expect(end.reason).toBeInstanceOf(Unsure)
  }
  expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true)
  for (const forge of forges) expect((await forge.read(QUERY)).branches.get(BRANCH)?.head).toBe(head)
})

test('a commit is dated by the clock, from which a soak runs, and never before its parent', async () => {
  const { bare, clone } = await newRemote(FILES)
  const dated = async (now: number, before?: string) => {
    const forge = await open(clone, { now: () => now })
    const head = await forge.write(await changeOn(forge, `tag: v${now}\n`, { before }))
    return { head, seconds: Number(await bare.git('log', '-1', '--format=%ct', head)) }
  }
  const later = await dated(Date.UTC(2040, 0))
  expect(later.seconds * 1000).toBe(Date.UTC(2040, 0))
  const { seconds } = await dated(0, later.head)
  expect(seconds).toBe(Number(await bare.git('log', '-1', '--format=%ct', 'main')))
})

test('of two that differ one wins, and the other is told to read again', async () => {
  const { bare, clone } = await newRemote(FILES)
  const forges = [await open(clone), await open(await cloneOf(bare))] as const
  const changes = [await changeOn(forges[0], 'tag: v2\n'), await changeOn(forges[1], 'tag: v3\n')] as const
  const ended = await Promise.allSettled([forges[0].write(changes[0]), forges[1].write(changes[1])])
  const [lost] = ended.filter((end) => end.status === 'rejected')
  const [won] = ended.filter((end) => end.status === 'fulfilled')
  expect(lost?.reason).toEqual(new Unsure(`the branch ${BRANCH} is not as it was read`))
  expect(won?.value).toBe(await bare.git('rev-parse', BRANCH))
})

test("other people's commits are seen, also when they amend ours or the clone is shallow", async () => {
  const { bare, clone } = await newRemote(FILES)
  await clone.commit({ 'b.txt': 'b\n' })
  await clone.git('push', '-q', 'origin', 'main')
  const forge = await open(clone)
  await forge.write(await changeOn(forge, 'tag: v2\n'))
  const shallow = await cloneOf(bare, 'Bob', '--depth=1')
  const other = await open(shallow)
  await other.readBase()
  expect((await other.read(QUERY)).branches.get(BRANCH)?.own).toBeDefined()
  expect(await shallow.git('rev-parse', '--is-shallow-repository')).toBe('false')
  await shallow.git('fetch', '-q', 'origin', BRANCH)
  await shallow.git('checkout', '-q', '-b', 'mine', 'FETCH_HEAD')
  await shallow.git('commit', '-q', '--amend', '--allow-empty', '--no-edit')
  await shallow.git('push', '-qf', 'origin', `mine:${BRANCH}`)
  expect((await forge.read(QUERY)).branches.get(BRANCH)).toMatchObject({ own: undefined })
})

test('a base that moved is seen in the state, with its objects', async () => {
  const { bare, clone } = await newRemote(FILES)
  const forge = await open(clone)
  const tip = await forge.readBase()
  const other = await cloneOf(bare)
  const moved = await other.commit({ 'b.txt': 'b\n' })
  await other.git('push', '-q', 'origin', 'main')
  expect((await forge.read(QUERY)).base).toEqual({ branch: 'main', commit: moved })
  expect(tip.commit).not.toBe(moved)
  expect(await clone.git('show', `${moved}:b.txt`)).toBe('b')
})

test('another base branch than the default one', async () => {
  const { clone } = await newRemote(FILES)
  await clone.git('push', '-q', 'origin', 'main:refs/heads/release/1')
  const forge = await open(clone, { base: 'release/1' })
  expect((await forge.readBase()).branch).toBe('release/1')
  await expect((await open(clone, { base: 'gone' })).readBase()).rejects.toThrow(/has no branch "gone"; .* --base\.$/)
})

test('what a server refuses stops this branch only, in its words', async () => {
  const { bare, clone } = await newRemote(FILES)
  hook(bare, 'pre-receive', 'echo "GL-HOOK-ERR: no pushes on Friday" >&2; exit 1')
  const forge = await open(clone)
  const write = forge.write(await changeOn(forge, 'tag: v2\n'))
  await expect(write).rejects.toThrow(Declined)
  await expect(write).rejects.toThrow(
    /refused the push to gitops\/promote\/prod\/web \(pre-receive hook declined: GL-HOOK-ERR: no pushes on Friday\)\.$/,
  )
})

test('no file is written where a link stands', async () => {
  const { clone } = await newRemote(FILES)
  await clone.git('update-index', '--add', '--cacheinfo', `120000,${await clone.git('rev-parse', `HEAD:${FILE}`)},link`)
  await clone.git('commit', '-qm', 'Link')
  await clone.git('push', '-q', 'origin', 'main')
  const forge = await open(clone)
  const change = await changeOn(forge, '', { files: [{ path: 'link', after: Buffer.from('x') }] })
  await expect(forge.write(change)).rejects.toThrow(new Declined('"link" is no file at the tip of main.'))
})

test('a repository of SHA-256', async () => {
  const { bare, clone } = await newRemote(FILES, ['--object-format=sha256'])
  const forge = await open(clone)
  const head = await forge.write(await changeOn(forge, 'tag: v2\n'))
  expect(head).toMatch(/^[0-9a-f]{64}$/)
  expect((await (await open(await cloneOf(bare))).read(QUERY)).branches.get(BRANCH)).toMatchObject({ head, own: {} })
})

test('a GitLab is asked for a merge request with the push, and its answer is passed on', async () => {
  const { bare, clone } = await newRemote(FILES)
  const options = join(temporary(), 'options')
  const say = 'for n in 0 1 2 3 4; do printenv GIT_PUSH_OPTION_$n; done'
  hook(bare, 'post-receive', `{ ${say}; } > '${options}'; echo "View merge request: https://gitlab.example/1"`)
  await bare.git('config', 'receive.advertisePushOptions', 'true')
  const notes: string[] = []
  const forge = await open(clone, { gitlab: true, note: (message) => notes.push(message) })
  await forge.write(await changeOn(forge, 'tag: v2\n', { body: 'From dev:\r\n\r\n| a |\n' }))
  expect(readFileSync(options, 'utf8').split('\n')).toEqual([
    'merge_request.create',
    'merge_request.target=main',
    'merge_request.title=Promote web to prod',
    String.raw`merge_request.description=From dev:\n\n| a |`,
    'merge_request.remove_source_branch',
    '',
  ])
  expect(notes).toEqual([`${bare.root}: View merge request: https://gitlab.example/1`])
})

test('a description that no push can carry is cut by lines', async () => {
  const { bare, clone } = await newRemote(FILES)
  const options = join(temporary(), 'options')
  hook(bare, 'post-receive', `printenv GIT_PUSH_OPTION_3 > '${options}'`)
  await bare.git('config', 'receive.advertisePushOptions', 'true')
  const forge = await open(clone, { gitlab: true })
  await forge.write(
    await changeOn(forge, 'tag: v2\n', { body: `\`\`\`diff\n${'ü '.repeat(30).concat('\n').repeat(2000)}` }),
  )
  const said = readFileSync(options, 'utf8')
  expect(said.length).toBeGreaterThan(30_000)
  expect(said.endsWith(`${String.raw`ü \n`}\`\`\`${String.raw`\n\n…`}\n`)).toBe(true)
})

test('a clone in a worktree of its own, with a detached head', async () => {
  const { bare, clone } = await newRemote(FILES)
  const beside = join(temporary(), 'beside')
  await clone.git('worktree', 'add', '-q', '--detach', beside)
  mkdirSync(join(beside, 'untracked'))
  const forge = await open(new Folder(beside))
  const head = await forge.write(await changeOn(forge, 'tag: v2\n'))
  expect(await bare.git('rev-parse', BRANCH)).toBe(head)
})
