import { readFileSync } from 'node:fs'
import { getOctokit } from '@actions/github'
import { buildSchema, type GraphQLField, GraphQLObjectType, getNamedType, isLeafType, isObjectType } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GitHub, startGitHub } from '../github/start.ts'

/** Every field of every type once, on a repository that has something to show for each. */
const schema = buildSchema(readFileSync(new URL('../github/schema.generated.sdl', import.meta.url), 'utf8'))
const REPO = { owner: 'octo', repo: 'store' }
let github: GitHub

beforeAll(async () => {
  github = await startGitHub({
    files: { 'folder/b.txt': 'b\n' },
    teams: ['platform'],
    settings: { mergeQueue: true, allowAutoMerge: true, requiredChecks: ['ci'] },
  })
  const [alice, bob] = [github.as('alice'), github.as('bob')]
  const topic = await alice.push({ branch: 'topic', files: { 'b.txt': 'one\n' } })
  await alice.push({ branch: 'done', files: { 'c.txt': 'two\n' } })
  const { rest, graphql } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  await rest.pulls.create({ ...REPO, title: 'Done', head: 'done', base: 'main' })
  await bob.merge(1)
  const { data: pull } = await rest.pulls.create({ ...REPO, title: 'Topic', head: 'topic', base: 'main' })
  await rest.issues.createMilestone({ ...REPO, title: '1.0' })
  await rest.issues.update({ ...REPO, issue_number: 2, milestone: 1, labels: ['gone', 'kept'], assignees: ['bob'] })
  await bob.unlabel(2, 'gone')
  await rest.pulls.update({ ...REPO, pull_number: 2, title: 'The topic' })
  await rest.pulls.requestReviewers({ ...REPO, pull_number: 2, reviewers: ['bob'], team_reviewers: ['platform'] })
  await bob.comment(2, 'hello')
  await bob.close(2)
  await bob.reopen(2)
  await bob.status(topic, 'lint', 'success')
  await rest.checks.create({ ...REPO, name: 'check', head_sha: topic, conclusion: 'success' })
  await rest.git.updateRef({ ...REPO, ref: 'heads/topic', sha: pull.head.sha, force: true })
  const run = (name: string, more = '') =>
    graphql(`mutation { ${name}(input: { pullRequestId: "${pull.node_id}" ${more} }) { clientMutationId } }`)
  await run('convertPullRequestToDraft')
  await run('markPullRequestReadyForReview')
  await run('enablePullRequestAutoMerge')
  await run('disablePullRequestAutoMerge')
  await run('enablePullRequestAutoMerge')
  await run('enqueuePullRequest')
  const wish = { ...REPO, ref: 'main', environment: 'prod', required_contexts: [] }
  const { data: deployment } = await rest.repos.createDeployment(wish)
  if (!('id' in deployment)) throw new Error('no deployment was made')
  await rest.repos.createDeploymentStatus({ ...REPO, deployment_id: deployment.id, state: 'success' })
})
afterAll(() => github.close())

const HEAD = 'defaultBranchRef { target { ... on Commit { @ } } }'
const TOPIC = 'ref(qualifiedName: "topic") { target { ... on Commit { @ } } }'
const PULL = 'pullRequest(number: 2) { @ }'
const within = (outer: string, inner: string) => outer.replace('@', inner)
const TIMELINE = within(PULL, 'timelineItems(first: 100) { nodes { ... on TYPE { @ } } }')

/** Where an object of each type is met, `@` standing for its fields, below the repository; events are in the timeline. */
const PATHS: Readonly<Record<string, string>> = {
  Repository: '@',
  Ref: 'defaultBranchRef { @ }',
  Commit: HEAD,
  GitActor: within(HEAD, 'author { @ }'),
  GpgSignature: within(HEAD, 'signature { ... on GpgSignature { @ } }'),
  Tree: within(HEAD, 'tree { @ }'),
  TreeEntry: within(HEAD, 'tree { entries { @ } }'),
  Blob: 'object(expression: "HEAD:folder/b.txt") { ... on Blob { @ } }',
  Status: within(TOPIC, 'status { @ }'),
  StatusContext: within(TOPIC, 'status { contexts { @ } }'),
  StatusCheckRollup: within(TOPIC, 'statusCheckRollup { @ }'),
  CheckRun: within(TOPIC, 'statusCheckRollup { contexts(first: 9) { nodes { ... on CheckRun { @ } } } }'),
  Deployment: 'deployments(first: 1) { nodes { @ } }',
  DeploymentStatus: 'deployments(first: 1) { nodes { latestStatus { @ } } }',
  PullRequest: PULL,
  AutoMergeRequest: within(PULL, 'autoMergeRequest { @ }'),
  MergeQueue: 'mergeQueue { @ }',
  MergeQueueEntry: within(PULL, 'mergeQueueEntry { @ }'),
  PullRequestChangedFile: within(PULL, 'files(first: 1) { nodes { @ } }'),
  ReviewRequest: within(PULL, 'reviewRequests(first: 1) { nodes { @ } }'),
  Label: 'labels(first: 1) { nodes { @ } }',
  Milestone: 'milestones(first: 1) { nodes { @ } }',
  Bot: within(PULL, 'author { ... on Bot { @ } }'),
  User: within(PULL, 'assignees(first: 1) { nodes { @ } }'),
  Team: within(PULL, 'reviewRequests(last: 1) { nodes { requestedReviewer { ... on Team { @ } } } }'),
  Organization: 'owner { ... on Organization { @ } }',
  PageInfo: 'refs(refPrefix: "refs/", first: 1) { pageInfo { @ } }',
}

/** Types that this repository shows nobody: made on another, or not at all. */
const ELSEWHERE = [
  'HeadRefDeletedEvent',
  'HeadRefForcePushedEvent',
  'HeadRefRestoredEvent',
  'MergedEvent',
  'Mutation',
  'Query',
  'RateLimit',
]

const types = Object.values(schema.getTypeMap())
  .filter((type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'))
  .filter(({ name }) => !/(Connection|Edge|Payload)$/.test(name) && !ELSEWHERE.includes(name))

const REQUIRED: Readonly<Record<string, string>> = {
  'Repository.label': 'name: "kept"',
  'Repository.milestone': 'number: 1',
  'Repository.object': 'expression: "HEAD"',
  'Repository.pullRequest': 'number: 2',
  'Repository.ref': 'qualifiedName: "refs/heads/topic"',
  'Repository.refs': 'refPrefix: "refs/heads/", first: 9',
  'Commit.file': 'path: "folder/b.txt"',
}

/** The field with what GitHub wants as arguments; of objects only their type, of pages their nodes' types. */
function selection(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
  const paged = field.args.some(({ name }) => name === 'first') ? 'first: 9' : ''
  const args = REQUIRED[`${type.name}.${field.name}`] ?? paged
  const call = args ? `${field.name}(${args})` : field.name
  const named = getNamedType(field.type)
  if (isLeafType(named)) return call
  const page = named instanceof GraphQLObjectType && 'nodes' in named.getFields()
  return `${call} { ${page ? 'totalCount edges { cursor } nodes { __typename }' : '__typename'} }`
}

test.each(types.map((type) => [type.name, type] as const))('%s', async (name, type) => {
  const path = PATHS[name] ?? TIMELINE.replace('TYPE', name)
  const fields = Object.values(type.getFields()).map((field) => selection(type, field))
  const query = `{ repository(owner: "octo", name: "store") { ${within(path, fields.join(' '))} } }`
  const { graphql } = getOctokit(github.token, { baseUrl: github.env().GITHUB_API_URL })
  const answer = JSON.stringify(await graphql(query))
  const first = Object.keys(type.getFields())[0]
  expect(answer, 'no object of this type was found').toContain(`"${first}"`)
})
