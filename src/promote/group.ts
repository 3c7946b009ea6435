import type { Environment } from '../config/environment.ts'
import type { Config } from '../config/schema.ts'
import { comparePaths } from '../repository/tree.ts'
import { branchName } from './branch.ts'
import type { EditedFile } from './edits.ts'
import type { Promotion } from './plan.ts'
import type { Snapshot } from './snapshot.ts'
import { titleOf } from './title.ts'

/** What of the forge's state decides how promotions are put together. */
export interface Grouping {
  /** Branches with an open pull request of ours: a grouping stays while its pull request is open. */
  open: ReadonlySet<string>
  /** The run is for some applications or environments only, so what is open may belong to others. */
  narrowed: boolean
}

/** A pull request as it should be. */
export interface PullRequest {
  branch: string
  environment: string
  /** Several applications, by environment. */
  grouped: boolean
  title: string
  promotions: readonly Promotion[]
  files: readonly EditedFile[]
  /** Never by itself where the environments were inferred. */
  merge: Environment['merge']
  reviewers: readonly string[]
  assignees: readonly string[]
  labels: readonly string[]
}

/** More than this many at once are one pull request for each environment. */
const MOST_SINGLE = 10

/** Puts what is due into pull requests; what does not fit under `max-open` waits. */
export function groupPromotions(
  promotions: readonly Promotion[],
  snapshot: Snapshot,
  config: Config,
  { open = new Set(), narrowed = false }: Partial<Grouping>,
): { grouped: Promotion[]; pullRequests: PullRequest[] } {
  const due = promotions.filter(({ status }) => status === 'open')
  const byBranch = new Map<string, Promotion[]>()
  for (const promotion of due) {
    const all = branchName('promote', promotion.to, undefined)
    const single = branchName('promote', promotion.to, promotion.app)
    const many = open.has(all) || (due.length > MOST_SINGLE && !open.has(single))
    const branch = (config.group ?? (many ? 'env' : 'app')) === 'env' ? all : single
    byBranch.set(branch, [...(byBranch.get(branch) ?? []), promotion])
  }
  const wanted = [...byBranch].map(([branch, members]) => pullRequestOf(branch, members, snapshot, config))
  const most = config.pullRequest.maxOpen ?? Number.POSITIVE_INFINITY
  const fresh = wanted.filter(({ branch }) => !open.has(branch))
  const standing = wanted.length - fresh.length + besides(promotions, byBranch, open, narrowed)
  const waiting = new Set(fresh.slice(Math.max(0, most - standing)).flatMap((request) => request.promotions))
  return {
    grouped: promotions.map((promotion) =>
      waiting.has(promotion)
        ? {
            ...promotion,
            status: 'waiting',
            reason: `Waits until fewer than ${most} pull requests are open (max-open).`,
          }
        : promotion,
    ),
    pullRequests: wanted.filter(({ promotions: [first] }) => first && !waiting.has(first)),
  }
}

/** How many pull requests are open, and stay so, for what is not due now. */
function besides(
  promotions: readonly Promotion[],
  wanted: ReadonlyMap<string, unknown>,
  open: ReadonlySet<string>,
  narrowed: boolean,
): number {
  const kept = promotions
    .filter(({ status }) => status === 'waiting' || status === 'held' || status === 'blocked')
    .flatMap(({ app, to }) => [branchName('promote', to, app), branchName('promote', to, undefined)])
  const others = narrowed ? [...open].filter((branch) => branch.startsWith('gitops/promote/')) : []
  return [...new Set([...kept, ...others])].filter((branch) => open.has(branch) && !wanted.has(branch)).length
}

function pullRequestOf(
  branch: string,
  promotions: readonly Promotion[],
  snapshot: Snapshot,
  config: Config,
): PullRequest {
  const [{ to }] = promotions as [Promotion]
  const environment = snapshot.layout.environments.get(to)
  return {
    branch,
    environment: to,
    grouped: branch === branchName('promote', to, undefined),
    title: titleOf(promotions, to, config.pullRequest.title),
    promotions,
    // Every file belongs to one application of one environment.
    files: promotions.flatMap(({ files }) => files).sort((a, b) => comparePaths(a.path, b.path)),
    merge: snapshot.layout.inferred ? 'manual' : (environment?.merge ?? 'manual'),
    reviewers: environment?.reviewers ?? [],
    assignees: environment?.assignees ?? [],
    labels: environment?.labels ?? [],
  }
}
