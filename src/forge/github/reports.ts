/** What was reported on a commit under a name. */
export interface Report {
  /** A status context or the name of a check run; of a deployment, its environment. */
  name: string
  kind: 'check' | 'deployment'
  state: 'success' | 'failure' | 'pending'
  /** Milliseconds since 1970. */
  at: number
  reason?: string
}

/** A commit in GraphQL, as `read-query.ts` asks for it. */
export interface CommitNode {
  statusCheckRollup?: { contexts: { nodes: readonly ContextNode[] | null; pageInfo: PageInfo } } | null
  status?: { contexts: readonly ContextNode[] } | null
  deployments?: { nodes: readonly DeploymentNode[] | null } | null
}

export interface PageInfo {
  hasNextPage: boolean
  endCursor: string | null
}

type ContextNode = StatusNode | RunNode

interface StatusNode {
  __typename: 'StatusContext'
  context: string
  state: string
  description: string | null
  createdAt: string
}

interface RunNode {
  __typename: 'CheckRun'
  name: string
  status: string
  conclusion: string | null
  startedAt: string | null
  completedAt: string | null
}

interface DeploymentNode {
  environment: string | null
  statuses: { nodes: readonly { state: string; description: string | null; createdAt: string }[] | null } | null
}

export function reportsOf(commit: CommitNode): Report[] {
  const contexts = [...(commit.statusCheckRollup?.contexts.nodes ?? []), ...(commit.status?.contexts ?? [])]
  return [
    ...contexts.flatMap((each) => (each.__typename === 'CheckRun' ? runReport(each) : [statusReport(each)])),
    ...(commit.deployments?.nodes ?? []).flatMap(deploymentReport),
  ]
}

function statusReport({ context, state, description, createdAt }: StatusNode): Report {
  const said = state === 'SUCCESS' ? 'success' : state === 'FAILURE' || state === 'ERROR' ? 'failure' : 'pending'
  return { name: context, kind: 'check', state: said, at: Date.parse(createdAt), ...because(description) }
}

/** Skipped is not passed: a job whose paths did not match has looked at nothing. */
function runReport({ name, status, conclusion, startedAt, completedAt }: RunNode): Report[] {
  const at = Date.parse(completedAt ?? startedAt ?? '') || 0
  if (status !== 'COMPLETED') return [{ name, kind: 'check', state: 'pending', at }]
  if (conclusion === 'SUCCESS' || conclusion === 'NEUTRAL') return [{ name, kind: 'check', state: 'success', at }]
  if (conclusion === 'ACTION_REQUIRED') return [{ name, kind: 'check', state: 'pending', at }]
  if (conclusion === 'SKIPPED' || conclusion === 'STALE' || conclusion === null) return []
  return [{ name, kind: 'check', state: 'failure', at, reason: conclusion.toLowerCase().replaceAll('_', ' ') }]
}

/** A deployment that a newer one made inactive has succeeded all the same: its earlier statuses say so. */
function deploymentReport({ environment, statuses }: DeploymentNode): Report[] {
  const said = statuses?.nodes ?? []
  const [newest] = said
  if (environment === null || !newest) return []
  const successes = said.filter(({ state }) => state === 'SUCCESS').map(({ createdAt }) => Date.parse(createdAt))
  const about = { name: environment, kind: 'deployment' } as const
  if (successes.length > 0) return [{ ...about, state: 'success', at: Math.min(...successes) }]
  const failed = newest.state === 'FAILURE' || newest.state === 'ERROR'
  const state = failed ? 'failure' : 'pending'
  return [{ ...about, state, at: Date.parse(newest.createdAt), ...because(newest.description) }]
}

const because = (description: string | null) => (description ? { reason: description } : {})
