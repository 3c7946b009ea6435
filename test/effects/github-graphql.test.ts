import { readFileSync } from 'node:fs'
import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type GitHub, startGitHub } from '../github/start.ts'

let github: GitHub
let main: string
let topic: string

beforeEach(async () => {
  github = await startGitHub({
    files: { 'a.txt': 'a\n', 'folder/b.txt': 'b\n' },
    collaborators: ['bob'],
    teams: ['platform'],
    settings: { lazyMergeability: false },
  })
  main = await github.as('alice').push({ files: { 'a.txt': 'aa\n' } })
  topic = await github.as('alice').push({ branch: 'topic', files: { 'a.txt': 'topic\n' } })
})
afterEach(() => github.close())

const client = (token = github.token) => getOctokit(token, { baseUrl: github.env().GITHUB_API_URL }).graphql
const ids = async () => {
  const { repository } = await client()<{ repository: { id: string; defaultBranchRef: { id: string } } }>(
    '{ repository(owner: "octo", name: "store") { id defaultBranchRef { id } } }',
  )
  return repository
}
const openPull = async () => {
  const { rest } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  const pull = await rest.pulls.create({ owner: 'octo', repo: 'store', title: 'T', head: 'topic', base: 'main' })
  return pull.data.node_id
}
const ZERO = '0'.repeat(40)
const UPDATE = 'mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'

test('one query reads what a promotion needs', async () => {
  const number = 1
  await openPull()
  await github.as('bob').comment(number, 'hello')
  await github.as('bob').label(number, 'gitops/hold')
  await github.as('bob').status(topic, 'ci', 'success')
  await github.as('bob').close(number)
  const answer = await client()<{ repository: Record<string, unknown> }>(QUERY, { file: `${main}:a.txt` })
  expect(answer.repository).toMatchObject({
    autoMergeAllowed: false,
    mergeQueue: null,
    defaultBranchRef: { name: 'main', target: { oid: main, history: { totalCount: 2 } } },
    object: { text: 'aa\n', byteSize: 3 },
    folder: { entries: [{ name: 'b.txt', mode: 33188, object: { text: 'b\n' } }] },
    refs: { nodes: [{ name: 'main' }, { name: 'topic', associatedPullRequests: { totalCount: 1 } }] },
    pullRequests: {
      totalCount: 1,
      nodes: [
        {
          number: 1,
          state: 'CLOSED',
          author: { __typename: 'Bot', login: 'github-actions' },
          viewerDidAuthor: true,
          headRefOid: topic,
          labels: { nodes: [{ name: 'gitops/hold' }] },
          commits: {
            nodes: [{ commit: { oid: topic, messageHeadline: 'Change a.txt', author: { user: { login: 'alice' } } } }],
          },
          files: { nodes: [{ path: 'a.txt', changeType: 'MODIFIED', additions: 1, deletions: 1 }] },
          timelineItems: { nodes: [{ __typename: 'ClosedEvent', actor: { login: 'bob' } }] },
          statusCheckRollup: { state: 'SUCCESS', contexts: { nodes: [{ context: 'ci', state: 'SUCCESS' }] } },
        },
      ],
    },
  })
})

const QUERY = `query ($file: String!) {
  viewer { login }
  rateLimit { limit remaining }
  repository(owner: "octo", name: "store") {
    id autoMergeAllowed squashMergeAllowed isArchived viewerPermission
    mergeQueue { id }
    defaultBranchRef { name prefix target { oid ... on Commit {
      history(first: 1) { totalCount nodes { oid committedDate signature { isValid } } } file(path: "folder/b.txt") { oid }
    } } }
    object(expression: $file) { ... on Blob { oid text byteSize isBinary isTruncated } }
    folder: object(expression: "HEAD:folder") { ... on Tree { entries { name mode type object { ... on Blob { text } } } } }
    refs(refPrefix: "refs/heads/", first: 10) { nodes { name associatedPullRequests(first: 1) { totalCount } } }
    deployments(first: 1, environments: ["prod"]) { nodes { latestStatus { state } } }
    labels(first: 1) { nodes { name color } }
    pullRequests(first: 10, states: [OPEN, CLOSED], headRefName: "topic", orderBy: { field: UPDATED_AT, direction: DESC }) {
      totalCount pageInfo { hasNextPage endCursor }
      nodes {
        id number title body state isDraft mergeable mergeStateStatus headRefOid headRefName baseRefOid viewerDidAuthor
        author { __typename login } autoMergeRequest { mergeMethod } milestone { title } mergeCommit { oid }
        labels(first: 5) { nodes { name } } assignees(first: 1) { nodes { login } } comments(first: 1) { nodes { body } }
        reviewRequests(first: 5) { nodes { requestedReviewer { ... on User { login } ... on Team { slug } } } }
        commits(last: 1) { nodes { commit { oid messageHeadline author { user { login } } } } }
        files(first: 5) { nodes { path changeType additions deletions } }
        timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { __typename ... on ClosedEvent { actor { login } createdAt } } }
        statusCheckRollup { state contexts(first: 5) { nodes { ... on StatusContext { context state } } } }
      }
    }
  }
}`

test('updateRefs is a compare-and-swap over several refs: all or none', async () => {
  const { id: repositoryId } = await ids()
  const move = (...refUpdates: object[]) => client()(UPDATE, { input: { repositoryId, refUpdates } })
  const create = { name: 'refs/heads/new', beforeOid: ZERO, afterOid: main }
  await expect(move(create, { name: 'refs/heads/topic', beforeOid: main, afterOid: ZERO })).rejects.toThrow(
    'it did not',
  )
  await expect(
    client()('{ repository(owner: "octo", name: "store") { ref(qualifiedName: "new") { name } } }'),
  ).resolves.toEqual({ repository: { ref: null } })
  await move(create, { name: 'refs/heads/topic', beforeOid: topic, afterOid: ZERO })
  await expect(move(create)).rejects.toThrow('it did not')
  await expect(move({ name: 'refs/heads/new', beforeOid: topic, afterOid: topic, force: true })).rejects.toThrow(
    'it did not',
  )
  await move({ name: 'refs/heads/new', beforeOid: main, afterOid: topic })
  await expect(move({ name: 'refs/heads/new', beforeOid: topic, afterOid: main })).rejects.toThrow('not a fast forward')
  await move({ name: 'refs/heads/new', beforeOid: topic, afterOid: main, force: true })
})

test('createCommitOnBranch appends one signed commit, or says that the branch has moved', async () => {
  const run = (expectedHeadOid: string, fileChanges: object) =>
    client()<{ createCommitOnBranch: { commit: { oid: string } } }>(
      `mutation ($input: CreateCommitOnBranchInput!) {
        createCommitOnBranch(input: $input) { commit { oid parents(first: 1) { nodes { oid } } signature { isValid } } ref { name } }
      }`,
      {
        input: {
          branch: { repositoryNameWithOwner: 'octo/store', branchName: 'topic' },
          message: { headline: 'Change', body: 'why' },
          expectedHeadOid,
          fileChanges,
        },
      },
    )
  const additions = [{ path: 'new/c.txt', contents: Buffer.from('c\n').toString('base64') }]
  await expect(run(topic, { additions, deletions: [{ path: 'a.txt' }] })).resolves.toMatchObject({
    createCommitOnBranch: {
      commit: { parents: { nodes: [{ oid: topic }] }, signature: { isValid: true } },
      ref: { name: 'topic' },
    },
  })
  await expect(run(topic, { additions })).rejects.toMatchObject({ errors: [{ type: 'STALE_DATA' }] })
})

test('every mutation on a pull request', async () => {
  const pullRequestId = await openPull()
  github.settings.allowAutoMerge = true
  github.settings.requiredChecks = ['ci']
  const run = (name: string, input: object, fields = 'clientMutationId') => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    return client()<Record<string, Record<string, never>>>(
      `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`,
      {
        input: { clientMutationId: 'mine', ...input },
      },
    )
  }
  const state = 'pullRequest { state isDraft title autoMergeRequest { mergeMethod enabledBy { login } } }'
  const { id: repositoryId, defaultBranchRef } = await ids()
  const { createRef } = (await run(
    'createRef',
    { repositoryId, name: 'refs/heads/x', oid: main },
    'ref { id }',
  )) as unknown as { createRef: { ref: { id: string } } }
  const refId = createRef.ref.id
  await run('updateRef', { refId, oid: topic }, 'ref { name }')
  await run('createPullRequest', { repositoryId, baseRefName: 'main', headRefName: 'x', title: 'X' }, state)
  await run('deleteRef', { refId })
  expect(github.pulls()[1]).toMatchObject({ state: 'closed', closedAt: expect.any(String) })
  await expect(run('enqueuePullRequest', { pullRequestId })).rejects.toThrow('Merge queue is not enabled')
  await expect(run('dequeuePullRequest', { id: pullRequestId })).rejects.toThrow('Pull request is not in the queue')
  await run('convertPullRequestToDraft', { pullRequestId })
  await run('markPullRequestReadyForReview', { pullRequestId })
  await run('updatePullRequest', { pullRequestId, title: 'Better', body: 'text' }, state)
  await github.as('bob').label(1, 'gitops')
  const found = await client()<{ repository: { label: { id: string } } }>(
    '{ repository(owner: "octo", name: "store") { label(name: "gitops") { id } } }',
  )
  const labelIds = [found.repository.label.id]
  await run('removeLabelsFromLabelable', { labelableId: pullRequestId, labelIds })
  await run(
    'addLabelsToLabelable',
    { labelableId: pullRequestId, labelIds },
    'labelable { labels(first: 1) { totalCount } }',
  )
  await run('addComment', { subjectId: pullRequestId, body: 'hi' }, 'commentEdge { node { body } }')
  const bob = await client(github.issueToken({ kind: 'user', login: 'bob' }))<{ viewer: { id: string } }>(
    '{ viewer { id } }',
  )
  await run('addAssigneesToAssignable', { assignableId: pullRequestId, assigneeIds: [bob.viewer.id] })
  await run('requestReviews', { pullRequestId, userIds: [bob.viewer.id] }, 'pullRequest { number }')
  await run('closePullRequest', { pullRequestId })
  await run('reopenPullRequest', { pullRequestId })
  await expect(
    run('enablePullRequestAutoMerge', { pullRequestId, mergeMethod: 'SQUASH' }, state),
  ).resolves.toMatchObject({
    enablePullRequestAutoMerge: { pullRequest: { autoMergeRequest: { mergeMethod: 'SQUASH' } } },
  })
  await run('disablePullRequestAutoMerge', { pullRequestId })
  await expect(run('mergePullRequest', { pullRequestId })).rejects.toThrow('Required status check "ci" is expected.')
  await github.as('bob').status(topic, 'ci', 'success')
  await expect(run('enablePullRequestAutoMerge', { pullRequestId })).rejects.toThrow('Pull request is in clean status')
  await expect(run('mergePullRequest', { pullRequestId, mergeMethod: 'SQUASH' }, state)).resolves.toMatchObject({
    mergePullRequest: { pullRequest: { state: 'MERGED', title: 'Better' } },
  })
  expect(defaultBranchRef.id).toMatch(/^REF_/)
  const schema = readFileSync(new URL('../github/schema.generated.sdl', import.meta.url), 'utf8')
  const mutations = [...(/^type Mutation \{([^}]*)\}/m.exec(schema)?.[1] ?? '').matchAll(/^ {2}(\w+)/gm)].map(
    (each) => each[1],
  )
  const called = Object.keys(github.counts())
  const elsewhere = ['createCommitOnBranch', 'updateRefs']
  expect(
    mutations.filter((name) => !elsewhere.includes(name as string) && !called.includes(`mutation ${name}`)),
  ).toEqual([])
})

test('what GitHub refuses comes with 200, the class of the error and the alias of the field', async () => {
  const poor = github.issueToken({ permissions: { contents: 'read' } })
  const query = '{ repository(owner: "octo", name: "store") { name mine: pullRequests(first: 1) { totalCount } } }'
  const failure = await client(poor)(query).catch((error: unknown) => error)
  expect(failure).toMatchObject({
    errors: [{ type: 'FORBIDDEN', path: ['repository', 'mine'], message: 'Resource not accessible by integration' }],
  })
  await expect(client()('{ repository(owner: "octo", name: "gone") { id } }')).rejects.toMatchObject({
    errors: [{ type: 'NOT_FOUND' }],
  })
  await expect(client()('{ repository(owner: "octo", name: "store") { labels { totalCount } } }')).rejects.toThrow(
    'You must provide a `first` or `last` value',
  )
})
