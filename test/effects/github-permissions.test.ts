import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GitHub, startGitHub } from '../github/start.ts'

const REPO = { owner: 'octo', repo: 'store' }
let github: GitHub
let clock: number

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 21)
  github = await startGitHub({ files: { 'a.txt': 'a\n' }, now: () => new Date(clock) })
  await github.as('alice').push({ branch: 'topic', files: { 'b.txt': 'topic\n' } })
})
afterEach(() => github.close())

const client = (token = github.token) => getOctokit(token, { baseUrl: github.env().GITHUB_API_URL }).rest
const create = (token?: string) => client(token).pulls.create({ ...REPO, title: 'T', head: 'topic', base: 'main' })

test('a missing permission is 403 and names what would do', async () => {
  const poor = github.issueToken({ permissions: { contents: 'write' } })
  await expect(create(poor)).rejects.toMatchObject({
    status: 403,
    response: {
      data: { message: 'Resource not accessible by integration' },
      headers: { 'x-accepted-github-permissions': 'pull_requests=write' },
    },
  })
  await expect(client(poor).issues.createComment({ ...REPO, issue_number: 1, body: 'x' })).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'x-accepted-github-permissions': 'issues=write; pull_requests=write' } },
  })
})

test('the setting that forbids workflows to open pull requests has its own words', async () => {
  github.settings.actionsMayCreatePullRequests = false
  await expect(create()).rejects.toThrow('GitHub Actions is not permitted to create or approve pull requests.')
  const app = github.issueToken({ kind: 'app', login: 'promoter[bot]' })
  expect((await create(app)).data.user).toMatchObject({ login: 'promoter[bot]', type: 'Bot' })
})

test('who asks: nobody, a stranger, a workflow, a person', async () => {
  await expect(client('made-up').repos.get(REPO)).rejects.toMatchObject({ status: 401, message: /Bad credentials/ })
  await expect(client().users.getAuthenticated()).rejects.toMatchObject({ status: 403 })
  const alice = client(github.issueToken({ kind: 'user', login: 'alice' }))
  expect((await alice.users.getAuthenticated()).data.login).toBe('alice')
  await expect(client().repos.get({ owner: 'octo', repo: 'other' })).rejects.toMatchObject({ status: 404 })
  const { status } = await fetch(`${github.env().GITHUB_API_URL}/repos/octo/store`)
  expect(status).toBe(404)
})

test('an archived repository is read-only', async () => {
  github.settings.archived = true
  await expect(create()).rejects.toMatchObject({ status: 403, message: /archived/ })
})

test('the runs that GITHUB_TOKEN starts wait for approval, an app and a person start theirs', async () => {
  await create()
  await client().repos.createDispatchEvent({ ...REPO, event_type: 'next' })
  await client().git.createRef({
    ...REPO,
    ref: 'refs/heads/quiet',
    sha: (await client().repos.getCommit({ ...REPO, ref: 'main' })).data.sha,
  })
  expect(github.runs).toEqual([
    { event: 'push', ref: 'refs/heads/topic', actor: 'alice', waiting: false },
    { event: 'pull_request', action: 'opened', ref: 'refs/pull/1/merge', actor: 'github-actions[bot]', waiting: true },
    {
      event: 'repository_dispatch',
      action: 'next',
      ref: 'refs/heads/main',
      actor: 'github-actions[bot]',
      waiting: false,
    },
  ])
})

test('the limits: 1,000 requests an hour, 80 a minute that create content', async () => {
  await create()
  const comment = () => client().issues.createComment({ ...REPO, issue_number: 1, body: 'x' })
  for (let count = 1; count < 80; count++) await comment()
  await expect(comment()).rejects.toMatchObject({ status: 403, message: /secondary rate limit/ })
  clock += 60_000
  await comment()
  github.settings.limits = {
    hourly: 82,
    contentPerMinute: 80,
    contentPerHour: 500,
    restPointsPerMinute: 900,
    graphqlPointsPerMinute: 2000,
  }
  await expect(comment()).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'x-ratelimit-remaining': '0' } },
  })
  expect((await client().rateLimit.get()).data.rate).toMatchObject({ limit: 82, remaining: 0 })
})
