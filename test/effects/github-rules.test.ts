import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GitHub, startGitHub } from '../github/start.ts'

const REPO = { owner: 'octo', repo: 'store' }
let github: GitHub
let main: string
let topic: string

beforeEach(async () => {
  github = await startGitHub({
    files: { 'a.txt': 'a\n' },
    collaborators: ['bob'],
    settings: { lazyMergeability: false },
  })
  main = await github.as('alice').push({ files: { 'a.txt': 'aa\n' } })
  topic = await github.as('alice').push({ branch: 'topic', files: { 'b.txt': 'topic\n' } })
})
afterEach(() => github.close())

const client = (token = github.token) => getOctokit(token, { baseUrl: github.env().GITHUB_API_URL }).rest
const create = (head = 'topic', base = 'main') => client().pulls.create({ ...REPO, title: 'T', head, base })
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error) => [error.status, error.response.data.errors?.[0]?.message ?? error.response.data.message],
  )

test('one open pull request for a branch and a base, with something to merge', async () => {
  await create()
  expect(await refusal(create())).toEqual([422, 'A pull request already exists for octo:topic.'])
  await client().git.createRef({ ...REPO, ref: 'refs/heads/same', sha: main })
  expect(await refusal(create('same'))).toEqual([422, 'No commits between main and same'])
  expect(await refusal(create('absent'))).toEqual([422, 'Validation Failed'])
  expect(await refusal(create('topic', 'absent'))).toEqual([422, 'Validation Failed'])
  const list = async (head: string) => (await client().pulls.list({ ...REPO, head })).data.length
  expect(await Promise.all([list('octo:topic'), list('octo:same'), list('topic')])).toEqual([1, 0, 1])
})

test('who closed it stays known, and a recreated branch cannot be reopened', async () => {
  await create()
  await github.as('bob').deleteBranch('topic')
  const { data: events } = await client().issues.listEvents({ ...REPO, issue_number: 1 })
  expect(events.map(({ event, actor }) => [event, actor?.login])).toEqual([
    ['head_ref_deleted', 'bob'],
    ['closed', 'bob'],
  ])
  const reopen = () => client().pulls.update({ ...REPO, pull_number: 1, state: 'open' })
  expect(await refusal(reopen())).toEqual([422, 'state cannot be changed. The topic branch has been deleted.'])
  await github.as('bob').push({ branch: 'topic', files: { 'c.txt': 'c\n' } })
  expect(await refusal(reopen())).toEqual([422, expect.stringContaining('was force-pushed or recreated')])
  await client().git.updateRef({ ...REPO, ref: 'heads/topic', sha: topic, force: true })
  expect((await reopen()).data.state).toBe('open')
})

test('a branch reset to its base closes the pull request for good', async () => {
  await create()
  await client().git.updateRef({ ...REPO, ref: 'heads/topic', sha: main, force: true })
  expect(github.pulls().map(({ state, merged }) => [state, merged])).toEqual([['closed', undefined]])
})

test('a base that comes to hold the head merges the pull request', async () => {
  await create()
  await client().git.updateRef({ ...REPO, ref: 'heads/main', sha: topic })
  const { data } = await client().pulls.get({ ...REPO, pull_number: 1 })
  expect(data).toMatchObject({ state: 'closed', merged: true, merged_by: { login: 'github-actions[bot]' } })
})

test('refs: taken, absent, not fast-forward, in the way of another', async () => {
  const { git } = client()
  const make = (ref: string) => git.createRef({ ...REPO, ref, sha: main })
  expect(await refusal(make('refs/heads/topic'))).toEqual([422, 'Reference already exists'])
  expect(await refusal(make('refs/heads/topic/below'))).toEqual([422, 'Reference update failed'])
  expect(await refusal(make('heads/x'))).toEqual([422, expect.stringContaining("must start with 'refs/'")])
  expect(await refusal(make('refs/heads/a..b'))).toEqual([422, 'refs/heads/a..b is not a valid ref name.'])
  expect(await refusal(git.updateRef({ ...REPO, ref: 'heads/none', sha: main }))).toEqual([
    422,
    'Reference does not exist',
  ])
  expect(await refusal(git.updateRef({ ...REPO, ref: 'heads/topic', sha: main }))).toEqual([
    422,
    'Update is not a fast forward',
  ])
  expect(await refusal(git.getRef({ ...REPO, ref: 'heads/none' }))).toEqual([404, 'Not Found'])
})

test('a merge wants the sha it was judged by, no conflict, and what rules require', async () => {
  await create()
  const merge = (sha = topic, pull_number = 1) => client().pulls.merge({ ...REPO, pull_number, sha })
  expect(await refusal(merge(main))).toEqual([409, 'Head branch was modified. Review and try the merge again.'])
  github.settings.requiredChecks = ['ci']
  expect(await refusal(merge())).toEqual([405, 'Required status check "ci" is expected.'])
  expect((await client().pulls.get({ ...REPO, pull_number: 1 })).data.mergeable_state).toBe('blocked')
  await github.as('bob').status(topic, 'ci', 'success')
  github.settings.mergeQueue = true
  expect(await refusal(merge())).toEqual([405, 'Changes must be made through the merge queue'])
  github.settings.mergeQueue = false
  expect((await merge()).data.merged).toBe(true)
  expect(await refusal(merge())).toEqual([405, 'Pull Request is not mergeable'])
  const one = await github.as('alice').push({ branch: 'clash', files: { 'a.txt': 'one\n' } })
  await github.as('alice').push({ files: { 'a.txt': 'two\n' } })
  await create('clash')
  expect(await refusal(merge(one, 2))).toEqual([405, 'Pull Request is not mergeable'])
})

test('auto-merge waits for its rule and then merges in the name of who asked', async () => {
  const pull = await create()
  const { graphql } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  const enable = () =>
    graphql(
      'mutation ($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { pullRequest { id } } }',
      { input: { pullRequestId: pull.data.node_id, expectedHeadOid: topic } },
    )
  await expect(enable()).rejects.toThrow('Auto merge is not allowed for this repository')
  github.settings.allowAutoMerge = true
  await expect(enable()).rejects.toThrow('Protected branch rules not configured for this branch')
  github.settings.requiredChecks = ['ci']
  await enable()
  expect(github.pulls()[0]?.state).toBe('open')
  await github.as('bob').status(topic, 'ci', 'success')
  expect(github.pulls()[0]?.merged?.by.login).toBe('github-actions[bot]')
  // The token's merge fires no push: a chain of environments stops here.
  expect(github.runs.filter(({ event, actor }) => event === 'push' && actor.startsWith('github-actions'))).toEqual([])
})

test('reviewers must be collaborators; labels are made by who may write', async () => {
  await create()
  const ask = (...reviewers: string[]) => client().pulls.requestReviewers({ ...REPO, pull_number: 1, reviewers })
  expect(await refusal(ask('bob', 'stranger'))).toEqual([
    422,
    expect.stringContaining('only be requested from collaborators'),
  ])
  expect((await ask('bob')).data.requested_reviewers?.map((each) => each.login)).toEqual(['bob'])
  await client().issues.addLabels({ ...REPO, issue_number: 1, labels: ['fresh'] })
  expect(await refusal(client().issues.createLabel({ ...REPO, name: 'Fresh' }))).toEqual([422, 'Validation Failed'])
})

test('lists come in pages with links, and unchanged answers as 304', async () => {
  for (let count = 0; count < 3; count++) await client().issues.createLabel({ ...REPO, name: `label-${count}` })
  const { paginate, rest } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  const labels = await paginate(rest.issues.listLabelsForRepo, { ...REPO, per_page: 2 })
  expect(labels.map(({ name }) => name)).toEqual(['label-0', 'label-1', 'label-2'])
  expect(github.counts()['issues/list-labels-for-repo']).toBe(2)
  const { headers } = await rest.repos.get(REPO)
  await expect(rest.repos.get({ ...REPO, headers: { 'if-none-match': headers.etag } })).rejects.toMatchObject({
    status: 304,
  })
})
