import type { FieldKind } from '../image/field.ts'
import type { Skipped } from '../image/skipped.ts'
import type { Done } from './done.ts'
import type { PullRequest } from './group.ts'
import type { IdleBranch } from './idle.ts'
import type { Change, Plan, Promotion } from './plan.ts'
import type { Settled } from './rounds.ts'

/** What promote, rollback and update have to say, as data: the JSON contract, version 1. Every format is a view of it. */
export interface PromoteReport {
  version: 1
  promotions: ReportedPromotion[]
  /** Files that could not be read or are never edited. */
  skipped: Skipped[]
}

export interface ReportedPromotion {
  app: string
  /** A list for joins. */
  from?: string | string[]
  to: string
  status: PromotionStatus
  reason?: string
  branch?: string
  title?: string
  /** Its number. */
  pullRequest?: number
  changes: ReportedChange[]
}

export type PromotionStatus = 'open' | 'update' | 'unchanged' | 'close' | 'waiting' | 'held' | 'blocked' | 'none'

export interface ReportedChange {
  file: string
  line: number
  column: number
  field: FieldKind
  image?: string
  old: string
  new: string
}

/** The report of a plan before anything was done with it. What a forge did is put in its place afterwards. */
export function reportOf(plan: Plan): PromoteReport {
  const requests = new Map(
    plan.pullRequests.flatMap((request) => request.promotions.map(({ app, to }) => [keyOf(app, to), request] as const)),
  )
  return {
    version: 1,
    promotions: plan.promotions.map((promotion) =>
      reported(promotion, requests.get(keyOf(promotion.app, promotion.to))),
    ),
    skipped: plan.skipped.map(({ file, line, reason }) => ({ file, ...(line !== undefined && { line }), reason })),
  }
}

/** The report of a run: what was done, or would be, in the place of what was planned. */
export function settledReport({
  plan,
  done,
  merged,
  idle,
  failure,
}: Pick<Settled, 'plan' | 'done' | 'merged' | 'idle' | 'failure'>): PromoteReport {
  const planned = reportOf(plan)
  const all = withMerged(planned.promotions, merged)
  const promotions = all.map((promotion) => withDone(promotion, done, idle, failure))
  const known = new Set(promotions.map(({ app, to }) => keyOf(app, to)))
  const closed = idle.flatMap(({ name, apps = [], to }) => {
    const now = done.get(name)
    if (now?.status !== 'close') return []
    return apps
      .filter((app) => !known.has(keyOf(app, to)))
      .map((app) => ({ app, to, ...told(now), branch: name, changes: [] }))
  })
  return { ...planned, promotions: [...promotions, ...closed].map(inContractOrder) }
}

/** What went on first comes first; what is due again already is told as it is now. */
function withMerged(planned: readonly ReportedPromotion[], merged: readonly PullRequest[]): ReportedPromotion[] {
  const gone = merged.flatMap((request) => request.promotions.map((promotion) => reported(promotion, request)))
  const rows = new Map(gone.map((promotion) => [keyOf(promotion.app, promotion.to), promotion] as const))
  for (const promotion of planned) {
    const key = keyOf(promotion.app, promotion.to)
    if (promotion.branch !== undefined || !rows.has(key)) rows.set(key, promotion)
  }
  return [...rows.values()]
}

function withDone(
  promotion: ReportedPromotion,
  done: Settled['done'],
  idle: Settled['idle'],
  failure: unknown,
): ReportedPromotion {
  const { app, to, branch } = promotion
  if (branch === undefined) {
    const beside = idle.find((each) => each.to === to && each.apps?.includes(app))
    return beside ? withIdle(promotion, beside, done.get(beside.name)) : promotion
  }
  const now = done.get(branch)
  if (now?.merged)
    return { ...promotion, ...told({ ...now, reason: [promotion.reason ?? [], 'Merged.'].flat().join(' ') }) }
  if (now) return { ...promotion, ...told(now) }
  if (failure === undefined) return promotion
  return { ...promotion, status: 'blocked', reason: 'The run ended before it was done.' }
}

/** What waits keeps the pull request it had; what has nothing to promote any more loses it. */
function withIdle(promotion: ReportedPromotion, { name, pullRequest }: IdleBranch, now?: Done): ReportedPromotion {
  if (now?.status === 'close' && promotion.status === 'none') return { ...promotion, ...told(now), branch: name }
  return pullRequest === undefined ? promotion : { ...promotion, branch: name, pullRequest }
}

function told({ status, reason, pullRequest }: Done): Pick<ReportedPromotion, 'status' | 'reason' | 'pullRequest'> {
  return { status, ...(reason !== undefined && { reason }), ...(pullRequest !== undefined && { pullRequest }) }
}

/** However a promotion was put together, its properties stand as the contract lists them. */
function inContractOrder(promotion: ReportedPromotion): ReportedPromotion {
  const { app, from, to, status, reason, branch, title, pullRequest, changes } = promotion
  return {
    app,
    ...(from !== undefined && { from }),
    ...{ to, status },
    ...(reason !== undefined && { reason }),
    ...(branch !== undefined && { branch }),
    ...(title !== undefined && { title }),
    ...(pullRequest !== undefined && { pullRequest }),
    changes,
  }
}

/** Exit code 1 is for what somebody must repair; what waits, is held or has nothing to do is well. */
export function isBlocked({ promotions }: Pick<PromoteReport, 'promotions'>): boolean {
  return promotions.some(({ status }) => status === 'blocked')
}

function reported(
  { app, from, to, status, reason: why, notes = [], changes }: Promotion,
  request?: PullRequest,
): ReportedPromotion {
  const reason = why ?? (notes.length > 0 ? notes.join(' ') : undefined)
  const [only, ...more] = from
  const source = more.length > 0 ? [...from] : only
  return {
    app,
    ...(source !== undefined && { from: source }),
    ...{ to, status },
    ...(reason !== undefined && { reason }),
    ...(request && { branch: request.branch, title: request.title }),
    changes: changes.map(reportedChange),
  }
}

function reportedChange({ target, old, new: value }: Change): ReportedChange {
  const { file, line, column, kind, image } = target
  return { file, line, column, field: kind, ...(image !== undefined && { image }), old, new: value }
}

function keyOf(app: string, to: string): string {
  return JSON.stringify([app, to])
}
