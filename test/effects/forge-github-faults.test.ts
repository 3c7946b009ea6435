import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { Declined, Unsure } from '../../src/forge/forge.ts'
import { createExchange } from '../../src/forge/github/exchange.ts'
import { Refusal } from '../../src/report/failure.ts'
import type { Fault } from '../github/server/faults.ts'
import type { Options } from '../github/start.ts'
import { BRANCH, FILE, startWorld, type World } from './forge-github-world.ts'

let world: World
afterEach(async () => {
  await world.close()
})

const NOTHING = { branches: [BRANCH], questions: [] }
const NEW = { branch: BRANCH, base: 'main', title: 'Promote web to prod', body: 'Body\n', draft: false }

/** A world with a branch of ours, read; its pull request too, unless told otherwise. */
async function start(options: Options & { pull?: boolean } = {}): Promise<string> {
  const { pull = true, ...rest } = options
  world = await startWorld(rest)
  const { forge, change } = world
  await forge.read(NOTHING)
  const head = await forge.write(change({ [FILE]: 'newTag: v2\n' }))
  if (pull) await pulls().open(NEW)
  return head
}

function pulls() {
  const { pullRequests } = world.forge
  if (!pullRequests) throw new Error('GitHub has pull requests')
  return pullRequests
}

const thrown = (action: Promise<unknown>) =>
  action.then(
    () => undefined,
    (error: unknown) => error as Error,
  )

test.each<Fault>([
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'status', status: 502, when: 'before' },
  { kind: 'status', status: 502, when: 'after', body: '<html>' },
  { kind: 'status', status: 200, when: 'after', body: '<html>' },
  { kind: 'status', status: 201, when: 'after', body: '{"number": 1, "ht' },
])('an ambiguous write is not repeated: $kind $status $when', async (fault) => {
  await start({ pull: false })
  const { github, forge, slept } = world
  github.arm({ operation: 'pulls/create' }, fault)
  const error = await thrown(pulls().open(NEW))
  expect(error).toBeInstanceOf(Unsure)
  expect(error?.message).toMatch(/^nobody knows whether opening a pull request was done \(127\.0\.0\.1:\d+: /)
  expect(github.counts()['pulls/create']).toBe(1)
  expect(slept).toEqual([])
  const happened = fault.kind !== 'limit' && 'when' in fault && fault.when === 'after'
  expect((await forge.read(NOTHING)).pullRequests.has(BRANCH)).toBe(happened)
})

test.each<Fault>([
  { kind: 'drop', when: 'before' },
  { kind: 'status', status: 502, when: 'before' },
  { kind: 'status', status: 200, when: 'after', body: '<html>' },
  { kind: 'status', status: 200, when: 'after', body: '{"errors":[{"message":"Something went wrong"}]}' },
])('a read is tried three times: $kind $status', async (fault) => {
  world = await startWorld()
  const { github, forge, slept, notes } = world
  github.arm({ operation: 'query repository', nth: 1 }, fault)
  expect((await forge.read(NOTHING)).base).toEqual(world.base)
  expect(slept).toEqual([1000])
  expect(notes).toEqual([expect.stringMatching(/^Waiting 1 s before reading branches and pull requests: /)])
  github.arm({ operation: 'query repository' }, fault)
  expect(await thrown(forge.read(NOTHING))).toBeInstanceOf(Refusal)
  expect(github.counts()['query repository']).toBe(5)
})

test('limits: waited for where the time is near, and a write is then sent again', async () => {
  await start({ pull: false })
  const { github, slept, notes } = world
  github.arm({ operation: 'pulls/create', nth: 1 }, { kind: 'limit', limit: 'secondary', status: 429, retryAfter: 30 })
  github.arm({ operation: 'pulls/create', nth: 2 }, { kind: 'limit', limit: 'secondary' })
  expect((await pulls().open(NEW)).adopted).toBe(false)
  expect(slept).toEqual([30_000, 120_000])
  expect(notes.at(-1)).toBe('Waiting 120 s before opening a pull request: a rate limit.')
  expect(github.pulls()).toHaveLength(1)
  github.arm({ operation: 'query repository' }, { kind: 'limit', limit: 'primary' })
  const error = await thrown(world.forge.read(NOTHING))
  expect(error).toBeInstanceOf(Refusal)
  expect(error?.message).toMatch(/^GitHub's rate limit stopped reading branches and pull requests; run again in .*\.$/)
  expect(slept).toHaveLength(2)
})

const ALL = { contents: 'write', pull_requests: 'write', issues: 'write' } as const

test.each<[string, Options, RegExp]>([
  [
    'a missing permission names its line',
    { permissions: { ...ALL, pull_requests: 'read', issues: 'read' } },
    /^GitHub refused opening a pull request in octo\/store: add "pull-requests: write" to the permissions of the job/,
  ],
  [
    'the setting is named',
    { settings: { actionsMayCreatePullRequests: false } },
    /turn on "Allow GitHub Actions to create and approve pull requests" in the settings of octo\/store/,
  ],
])('%s', async (_, options, words) => {
  await start({ ...options, pull: false })
  const error = await thrown(pulls().open(NEW))
  expect(error).toBeInstanceOf(Refusal)
  expect(error?.message).toMatch(words)
})

test('a token that may not write contents, one that may not read gates, a wrong one', async () => {
  world = await startWorld()
  const { github, base, again, change } = world
  const reader = again({ token: github.issueToken({ permissions: { contents: 'read', pull_requests: 'read' } }) })
  await reader.read(NOTHING)
  const unwritten = await thrown(reader.write(change({ [FILE]: 'newTag: v2\n' })))
  expect(unwritten?.message).toContain('add "contents: write" to the permissions of the job')
  await github.as('alice').status(base.commit, 'e2e', 'success')
  const question = { ask: 'check', name: 'e2e', app: 'web', environment: 'dev', since: base.commit } as const
  const unread = await thrown(reader.read({ branches: [], questions: [question] }))
  expect(unread?.message).toContain('"statuses: read" and "checks: read" and "deployments: read"')
  const token = 'not-a-token-of-anybody'
  const wrong = await thrown(again({ token }).read(NOTHING))
  expect(wrong).toBeInstanceOf(Refusal)
  expect(wrong?.message).toMatch(/the token is not valid/)
  expect(wrong?.message).not.toContain(token)
  expect(github.counts()['query repository']).toBe(3)
})

test('an archived repository and one that is not there', async () => {
  await start()
  world.github.settings.archived = true
  expect((await thrown(pulls().update(1, { title: 'T' })))?.message).toBe(
    'GitHub refused editing a pull request: octo/store is archived; unarchive it, or stop promoting in it.',
  )
  const removal = await thrown(world.forge.remove(BRANCH, '0'.repeat(39).concat('1')))
  expect(removal?.message).toContain('octo/store is archived')
  const elsewhere = await thrown(world.again({ repository: 'octo/gone' }).read(NOTHING))
  expect(elsewhere).toBeInstanceOf(Refusal)
  expect(elsewhere?.message).toContain('it knows no repository octo/gone')
})

test('a pull request that stands already is adopted', async () => {
  await start()
  expect(await pulls().open(NEW)).toEqual({ number: 1, url: `${world.github.url}/octo/store/pull/1`, adopted: true })
  await world.github.as('alice').label(1, 'gitops/hold')
  await pulls().decorate(1, { labels: ['prod'], reviewers: [] })
  expect(world.github.pulls()[0]?.labels.map(({ name }) => name)).toEqual(['gitops/hold', 'prod'])
})

test('nothing between the branches is read again, a text that is too long is declined', async () => {
  await start()
  const long = await thrown(pulls().update(1, { body: 'x'.repeat(70_000) }))
  expect(long).toBeInstanceOf(Declined)
  expect(long?.message).toBe(
    'GitHub refused editing a pull request: Validation Failed: body is too long (maximum is 65536 characters).',
  )
  await world.git(['push', '-q', 'origin', `${world.base.commit}:refs/heads/gitops/promote/prod/same`])
  expect(await thrown(pulls().open({ ...NEW, branch: 'gitops/promote/prod/same' }))).toBeInstanceOf(Unsure)
})

test('who cannot be asked for a review is named, the others are asked', async () => {
  await start({ collaborators: ['alice', 'bob'], teams: ['ops'] })
  const reviewers = ['alice', 'stranger', 'team:ops', 'team:none', 'bob']
  const { refused } = await pulls().decorate(1, { labels: [], reviewers })
  expect(refused).toEqual(['stranger', 'team:none'])
  const [pull] = world.github.pulls()
  expect([...(pull?.reviewers.map(({ login }) => login) ?? []), ...(pull?.teams ?? [])]).toEqual([
    'alice',
    'bob',
    'ops',
  ])
})

test('a pull request that is not known everywhere yet is dressed a little later', async () => {
  await start({ collaborators: ['alice'] })
  const body =
    '{"message":"Validation Failed","errors":["Could not resolve to a node with the global id of \'PR_1\'."]}'
  const fault = { kind: 'status', status: 422, when: 'before', body } as const
  world.github.arm({ operation: 'pulls/request-reviewers', nth: 1 }, fault)
  world.github.arm({ operation: 'issues/update', nth: 1 }, fault)
  world.github.arm({ operation: 'issues/update', nth: 2 }, fault)
  expect(await pulls().decorate(1, { labels: ['prod'], reviewers: ['alice'] })).toEqual({ refused: [] })
  expect(world.slept).toEqual([1000, 1000, 2000])
  expect(world.github.pulls()).toMatchObject([{ labels: [{ name: 'prod' }], reviewers: [{ login: 'alice' }] }])
})

test('a ruleset declines one branch for good', async () => {
  await start()
  const errors = [
    { type: 'UNPROCESSABLE', message: 'Repository rule violations found\n\nCommits must have signatures' },
  ]
  const body = JSON.stringify({ data: { updateRefs: null }, errors })
  world.github.arm({ operation: 'mutation updateRefs' }, { kind: 'status', status: 200, when: 'before', body })
  const error = await thrown(world.forge.write(world.change({ [FILE]: 'newTag: v3\n' }, { branch: `${BRANCH}-2` })))
  expect(error).toBeInstanceOf(Declined)
  expect(error?.message).toBe(
    'GitHub refused moving a branch: Repository rule violations found Commits must have signatures.',
  )
})

test('a locked conversation is closed without a comment', async () => {
  await start()
  const [pull] = world.github.pulls()
  if (pull) pull.locked = true
  await pulls().close(1, 'Nothing to promote.')
  expect(pull?.state).toBe('closed')
  expect(world.notes.at(-1)).toBe('#1 was closed without a comment: Unable to create comment because issue is locked.')
})

test.each<[string, Options['settings'], object, object]>([
  ['clean: merged at once', { allowAutoMerge: true }, { is: 'merged' }, { 'pulls/merge': 1 }],
  ['without auto-merge: merged at once', { lazyMergeability: false }, { is: 'merged' }, { 'pulls/merge': 1 }],
  ['squash only', { allowMergeCommit: false, allowRebaseMerge: false }, { is: 'merged' }, { 'pulls/merge': 1 }],
  [
    'neither',
    { requiredApprovals: 1 },
    {
      is: 'refused',
      reason:
        'At least 1 approving review is required by reviewers with write access; auto-merge: Pull request Auto merge is not allowed for this repository',
    },
    { 'pulls/merge': 1 },
  ],
])('merging, %s', async (_, settings, expected, counts) => {
  const head = await start({ settings })
  const outcome = await pulls().merge({ number: 1, head, mode: 'auto', mergeState: 'UNKNOWN' })
  expect(outcome).toMatchObject(expected)
  expect(world.github.counts()).toMatchObject(counts)
  if (outcome.is === 'merged') expect(world.github.pulls()[0]?.merged?.oid).toBe(outcome.commit)
})

test('a head that moved is not merged, and a base that moved is read again', async () => {
  const head = await start({ settings: { allowAutoMerge: true } })
  const request = { number: 1, head: world.base.commit, mode: 'auto', mergeState: 'CLEAN' } as const
  expect(await thrown(pulls().merge(request))).toBeInstanceOf(Unsure)
  const body = '{"message":"Base branch was modified. Review and try the merge again."}'
  world.github.arm({ operation: 'pulls/merge' }, { kind: 'status', status: 405, when: 'before', body })
  expect(await thrown(pulls().merge({ ...request, head }))).toBeInstanceOf(Unsure)
  expect(world.github.pulls()[0]?.state).toBe('open')
})

test.each([
  ['after', 'is looked up, and told as merged'],
  ['before', 'is read again where it was not done'],
] as const)('a merge whose answer is lost (%s it was done) %s', async (when, _) => {
  const head = await start()
  world.github.arm({ operation: 'pulls/merge' }, { kind: 'status', status: 502, when, body: '<html>' })
  const merging = pulls().merge({ number: 1, head, mode: 'auto', mergeState: 'CLEAN' })
  if (when === 'before') expect(await thrown(merging)).toBeInstanceOf(Unsure)
  else expect(await merging).toEqual({ is: 'merged', commit: world.github.pulls()[0]?.merged?.oid })
  expect(world.github.counts()).toMatchObject({ 'pulls/merge': 1, 'pulls/get': 1 })
})

test('auto-merge and the queue can be stopped', async () => {
  const head = await start({ settings: { allowAutoMerge: true, requiredApprovals: 1 } })
  const { github, forge } = world
  const merging = async () => (await forge.read(NOTHING)).pullRequests.get(BRANCH)?.open?.merging
  const request = { number: 1, head, mergeState: 'BLOCKED' } as const
  expect(await pulls().merge({ ...request, mode: 'auto' })).toEqual({ is: 'waiting' })
  expect(await merging()).toBe(true)
  await pulls().stopMerging(1)
  expect(await merging()).toBe(false)
  await pulls().stopMerging(1)
  expect((await pulls().merge({ ...request, mode: 'queue' })).is).toBe('refused')
  github.settings.mergeQueue = true
  expect(await pulls().merge({ ...request, mode: 'queue' })).toEqual({ is: 'waiting' })
  expect(await merging()).toBe(true)
  await pulls().stopMerging(1)
  expect(await merging()).toBe(false)
})

test('a chain goes on by an event of its own', async () => {
  await start()
  await world.forge.dispatch('gitops-promote', { commit: world.base.commit })
  expect(world.github.runs.at(-1)).toMatchObject({ event: 'repository_dispatch', action: 'gitops-promote' })
})

test('the first forty writes go without a pause, the others one a second', async () => {
  await start()
  const { slept } = world
  for (let at = 0; at < 39; at++) await pulls().update(1, { title: `T${at}` })
  expect(slept.every((each) => each <= 1000)).toBe(true)
  expect(slept.length).toBe(world.github.calls.filter(isWrite).length - 40)
})

const isWrite = ({ operation, method }: { operation: string; method: string }) =>
  !operation.startsWith('git-') &&
  (operation.startsWith('mutation') || (method !== 'GET' && !operation.startsWith('query')))

test('a redirect keeps the verb, and takes the token to no other host or port', async () => {
  world = await startWorld()
  const seen: { method?: string; authorization?: string; body: string }[] = []
  const other = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ method: request.method, authorization: request.headers.authorization, body })
    response.end('{}')
  })
  const first = createServer((request, response) => {
    const { port } = other.address() as AddressInfo
    const place = request.url === '/here' ? '/there' : `http://127.0.0.1:${port}/`
    if (request.url === '/loop') response.writeHead(307, { location: '/loop' })
    else response.writeHead(301, { location: place })
    response.end()
  })
  await Promise.all([other, first].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))))
  try {
    const { port } = first.address() as AddressInfo
    const exchange = createExchange({ token: 'secret' })
    const post = (path: string) => exchange({ method: 'POST', url: `http://127.0.0.1:${port}${path}`, body: '{"a":1}' })
    expect((await post('/here')).status).toBe(200)
    expect(seen).toEqual([{ method: 'POST', authorization: undefined, body: '{"a":1}' }])
    await expect(post('/loop')).rejects.toThrow('more than 3 redirects')
  } finally {
    for (const server of [other, first]) server.close()
  }
})

test('a request that is not answered has an end', async () => {
  world = await startWorld()
  const server = createServer(() => {})
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    const { port } = server.address() as AddressInfo
    const exchange = createExchange({ token: 'secret', timeout: 50 })
    const post = exchange({ method: 'POST', url: `http://127.0.0.1:${port}/`, body: '{}' })
    await expect(post).rejects.toThrow('no answer within 0.05 s')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('an answer without end is cut off', async () => {
  world = await startWorld()
  const server = createServer((_, response) => response.end('x'.repeat(5000)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    const { port } = server.address() as AddressInfo
    const exchange = createExchange({ token: 'secret', bytes: 1000 })
    await expect(exchange({ method: 'GET', url: `http://127.0.0.1:${port}/` })).rejects.toThrow(
      'an answer of more than',
    )
  } finally {
    server.close()
  }
})
