import { getOctokit } from '@actions/github'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OPERATIONS } from '../github/check/openapi.ts'
import { type GitHub, startGitHub } from '../github/start.ts'

/**
 * Every operation once, in an order in which each finds what it needs. That the answers are as GitHub describes them
 * is what `close` checks.
 */
let github: GitHub
let main: string

beforeAll(async () => {
  github = await startGitHub({
    files: { 'a.txt': 'a\n', 'folder/b.txt': 'b\n', '.github/workflows/go.yml': 'on: workflow_dispatch\n' },
    collaborators: ['alice', 'bob'],
    teams: ['platform'],
  })
  main = await github.as('alice').push({ files: { 'a.txt': 'aa\n' } })
  await github.as('alice').push({ branch: 'topic', files: { 'a.txt': 'topic\n', 'new.txt': 'n\n' } })
  await github.as('alice').push({ branch: 'other', files: { 'folder/b.txt': 'other\n' } })
})

test('each operation answers as described', async () => {
  const { request } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  const own = { owner: 'octo', repo: 'store' }
  const call = async (route: string, parameters: Record<string, unknown> = {}) =>
    (await request(route, { ...own, ...parameters })) as unknown as { status: number; data: never }
  const person = getOctokit(github.issueToken({ kind: 'user', login: 'alice' }), {
    baseUrl: github.env().GITHUB_API_URL,
  })
  const repo = '/repos/{owner}/{repo}'
  const issue = `${repo}/issues/1`
  const pull = `${repo}/pulls/1`

  await call(`GET ${repo}`)
  await person.request('GET /user')
  await request('GET /users/alice')
  await request('GET /rate_limit')

  const blob: { sha: string } = (await call(`POST ${repo}/git/blobs`, { content: 'eA==', encoding: 'base64' })).data
  await call(`GET ${repo}/git/blobs/${blob.sha}`)
  const entry = { path: 'folder/x', mode: '100644', type: 'blob', sha: blob.sha }
  const tree: { sha: string } = (await call(`POST ${repo}/git/trees`, { base_tree: main, tree: [entry] })).data
  await call(`GET ${repo}/git/trees/${tree.sha}`, { recursive: '1' })
  const wish = { message: 'x', tree: tree.sha, parents: [main] }
  const commit: { sha: string } = (await call(`POST ${repo}/git/commits`, wish)).data
  await call(`GET ${repo}/git/commits/${commit.sha}`)
  await call(`POST ${repo}/git/refs`, { ref: 'refs/heads/one', sha: main })
  await call(`PATCH ${repo}/git/refs/heads/one`, { sha: commit.sha })
  await call(`GET ${repo}/git/ref/heads/one`)
  await call(`GET ${repo}/git/matching-refs/heads/o`)
  await call(`DELETE ${repo}/git/refs/heads/one`)

  await call(`GET ${repo}/contents/a.txt`)
  await call(`GET ${repo}/contents/folder`, { ref: 'topic' })
  await call(`GET ${repo}/contents/`)
  const content = { message: 'put', content: 'eQ==', branch: 'other' }
  await call(`PUT ${repo}/contents/folder/c.txt`, content)
  await call(`GET ${repo}/commits`, { sha: 'topic', path: 'a.txt' })
  await call(`GET ${repo}/commits/topic`)
  await call(`GET ${repo}/compare/main...topic`)
  await call(`GET ${repo}/branches`)
  await call(`GET ${repo}/branches/main`)
  await call(`POST ${repo}/merges`, { base: 'other', head: 'main' })

  await call(`POST ${repo}/pulls`, { title: 'Topic', head: 'topic', base: 'main' })
  await call(`GET ${repo}/pulls`, { head: 'octo:topic', state: 'all' })
  await call(`GET ${pull}`)
  await call(`PATCH ${pull}`, { title: 'The topic', body: 'text' })
  await call(`GET ${pull}/files`)
  await call(`GET ${pull}/commits`)
  await call(`POST ${pull}/requested_reviewers`, { reviewers: ['bob'], team_reviewers: ['platform'] })
  await call(`GET ${pull}/requested_reviewers`)
  await call(`DELETE ${pull}/requested_reviewers`, { reviewers: ['bob'] })

  await call(`POST ${repo}/labels`, { name: 'gitops', color: 'ff0000' })
  await call(`GET ${repo}/labels/gitops`)
  await call(`GET ${repo}/labels`)
  await call(`POST ${issue}/labels`, { labels: ['gitops', 'made-here'] })
  await call(`PUT ${issue}/labels`, { labels: ['gitops'] })
  await call(`GET ${issue}/labels`)
  await call(`DELETE ${issue}/labels/gitops`)
  await call(`POST ${issue}/assignees`, { assignees: ['alice', 'nobody'] })
  await call(`DELETE ${issue}/assignees`, { assignees: ['alice'] })
  await call(`POST ${repo}/milestones`, { title: '1.0' })
  await call(`GET ${repo}/milestones`)
  await call(`PATCH ${issue}`, { milestone: 1, labels: ['gitops'], assignees: ['bob'] })
  await call(`GET ${issue}`)
  const comment: { id: number } = (await call(`POST ${issue}/comments`, { body: 'hello' })).data
  await call(`GET ${issue}/comments`)
  await call(`PATCH ${repo}/issues/comments/${comment.id}`, { body: 'hello again' })
  await call(`GET ${issue}/events`)
  await call(`GET ${issue}/timeline`)
  await call(`DELETE ${repo}/issues/comments/${comment.id}`)

  await call(`POST ${repo}/statuses/${main}`, { state: 'success', context: 'ci', description: 'fine' })
  await call(`GET ${repo}/commits/main/statuses`)
  await call(`GET ${repo}/commits/main/status`)
  const check: { id: number } = (await call(`POST ${repo}/check-runs`, { name: 'lint', head_sha: main })).data
  await call(`PATCH ${repo}/check-runs/${check.id}`, { conclusion: 'success' })
  await call(`GET ${repo}/commits/main/check-runs`)
  const wanted = { ref: 'main', environment: 'prod', description: null, auto_merge: false, payload: { app: 'web' } }
  const deployment: { id: number } = (await call(`POST ${repo}/deployments`, wanted)).data
  await call(`GET ${repo}/deployments`, { environment: 'prod' })
  await call(`GET ${repo}/deployments/${deployment.id}`)
  await call(`POST ${repo}/deployments/${deployment.id}/statuses`, { state: 'success', log_url: 'https://example.com' })
  await call(`GET ${repo}/deployments/${deployment.id}/statuses`)
  await call(`POST ${repo}/dispatches`, { event_type: 'gitops', client_payload: { a: 1 } })
  await call(`POST ${repo}/actions/workflows/go.yml/dispatches`, { ref: 'main' })

  await expect(call(`GET ${pull}/merge`)).rejects.toMatchObject({ status: 404 })
  await call(`PUT ${pull}/merge`, { merge_method: 'rebase' })
  await call(`GET ${repo}/commits/topic/pulls`)
})

test('no operation that is described here went uncalled', () => {
  expect(Object.keys(OPERATIONS).filter((operation) => !(operation in github.counts()))).toEqual([])
})

afterAll(() => github.close())
