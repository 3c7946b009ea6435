/** One page of the pull requests of a branch; `after` is the cursor of the page before. */
export interface PullPage {
  branch: string
  after: string | null
}

/** One page of what was reported on a commit. */
export interface CommitPage {
  commit: string
  after: string | null
}

/** What a query asks for; what is absent is not asked. */
export interface Ask {
  /** The repository itself, and who asks: once. */
  about?: { milestone?: string | number }
  refs?: { after: string | null }
  pulls: readonly PullPage[]
  commits: readonly CommitPage[]
  reports: Reports
}

/** Which kinds of reports gates ask for; each needs a permission of its own. */
export interface Reports {
  checks: boolean
  /** Of these deployments are asked. */
  environments: readonly string[]
}

export interface Query {
  text: string
  variables: Record<string, unknown>
}

/** The folder of all branches of ours. */
const BRANCHES = 'refs/heads/gitops/'
const NEWEST = 'orderBy: { field: CREATED_AT, direction: DESC }'
const PAGE = 'pageInfo { hasNextPage endCursor }'

const OPEN = `fragment open on PullRequest {
  id number url title body headRefOid isDraft isCrossRepository viewerDidAuthor mergeStateStatus
  author { __typename login }
  labels(first: 100) { nodes { name } }
  autoMergeRequest { enabledAt }
  mergeQueueEntry { id }
}`

const CLOSED = `fragment closed on PullRequest {
  number merged body isCrossRepository viewerDidAuthor
  author { __typename login }
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } }
}`

/** Everything that comes from a repository goes in as a variable; aliases are numbers. */
export function buildQuery(repository: { owner: string; name: string }, base: string, ask: Ask): Query {
  const variables: Record<string, unknown> = { ...repository }
  const declared = ['$owner: String!', '$name: String!']
  const declare = (name: string, type: string, value: unknown) => {
    declared.push(`$${name}: ${type}`)
    variables[name] = value
    return `$${name}`
  }
  if (ask.refs || ask.pulls.length > 0) declare('base', 'String!', base)
  const fields = [
    ...(ask.about ? aboutFields(ask.about, base, declare) : []),
    ...(ask.refs ? [refsField(declare('after', 'String', ask.refs.after))] : []),
    ...ask.pulls.map((page, at) => `p${at}: ${pullsField(page, at, declare)}`),
    ...commitFields(ask, declare),
  ]
  const fragments = [...(ask.refs ? [OPEN] : []), ...(ask.refs || ask.pulls.length > 0 ? [CLOSED] : [])]
  const text = `query (${declared.join(', ')}) {${ask.about ? '\n  viewer { login databaseId }' : ''}
  repository(owner: $owner, name: $name) {
    ${fields.join('\n    ')}
  }
}
${fragments.join('\n')}`
  return { text, variables }
}

type Declare = (name: string, type: string, value: unknown) => string

function aboutFields({ milestone }: NonNullable<Ask['about']>, base: string, declare: Declare): string[] {
  const ref = declare('ref', 'String!', `refs/heads/${base}`)
  const fields = [
    'id mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed viewerDefaultMergeMethod',
    `base: ref(qualifiedName: ${ref}) { target { oid } }`,
  ]
  if (typeof milestone === 'number') {
    fields.push(`milestone(number: ${declare('milestone', 'Int!', milestone)}) { number title state }`)
  } else if (milestone !== undefined) {
    const title = declare('milestone', 'String!', milestone)
    fields.push(`milestones(states: OPEN, query: ${title}, first: 100) { nodes { number title state } }`)
  }
  return fields
}

/** Pull requests of a ref are those from this repository. */
function refsField(after: string): string {
  const pulls = (states: string) =>
    `associatedPullRequests(states: ${states}, baseRefName: $base, first: 1, ${NEWEST}) { nodes`
  return `refs(refPrefix: "${BRANCHES}", first: 100, after: ${after}) {
      nodes {
        name prefix target { oid }
        open: ${pulls('[OPEN]')} { ...open } }
        closed: ${pulls('[CLOSED, MERGED]')} { ...closed } }
      }
      ${PAGE}
    }`
}

/** Those from forks come, too: a head is a name only. */
function pullsField({ branch, after }: PullPage, at: number, declare: Declare): string {
  const head = declare(`h${at}`, 'String!', branch)
  const cursor = declare(`a${at}`, 'String', after)
  const selection = `nodes { ...closed } ${PAGE}`
  return `pullRequests(headRefName: ${head}, baseRefName: $base, states: [CLOSED, MERGED], first: 3, after: ${cursor}, ${NEWEST}) { ${selection} }`
}

const STATUS = '... on StatusContext { context state description createdAt }'
const RUN = '... on CheckRun { name status conclusion startedAt completedAt }'

function commitFields({ commits, reports }: Ask, declare: Declare): string[] {
  if (commits.length === 0) return []
  const deployments =
    reports.environments.length === 0
      ? ''
      : `deployments(environments: ${declare('environments', '[String!]', reports.environments)}, first: 20, ${NEWEST}) {
        nodes { environment statuses(first: 10) { nodes { state description createdAt } } }
      }`
  return commits.map(({ commit, after }, at) => {
    const oid = declare(`c${at}`, 'GitObjectID!', commit)
    const told = reports.checks
      ? `statusCheckRollup { contexts(first: 100, after: ${declare(`b${at}`, 'String', after)}) { nodes { __typename ${STATUS} ${RUN} } ${PAGE} } }`
      : 'status { contexts { __typename context state description createdAt } }'
    return `c${at}: object(oid: ${oid}) { ... on Commit { ${told} ${after === null ? deployments : ''} } }`
  })
}
