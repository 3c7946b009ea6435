import type { FieldKind } from '../image/field.ts'
import type { Skipped } from '../image/skipped.ts'
import type { Change, Plan, Promotion } from './plan.ts'

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
    promotions: plan.promotions.map((promotion) => {
      const request = requests.get(keyOf(promotion.app, promotion.to))
      return {
        ...reported(promotion),
        ...(request && { branch: request.branch, title: request.title }),
        changes: promotion.changes.map(reportedChange),
      }
    }),
    skipped: plan.skipped.map(({ file, line, reason }) => ({ file, ...(line !== undefined && { line }), reason })),
  }
}

/** Exit code 1 is for what somebody must repair; what waits, is held or has nothing to do is well. */
export function isBlocked({ promotions }: Pick<PromoteReport, 'promotions'>): boolean {
  return promotions.some(({ status }) => status === 'blocked')
}

function reported({ app, from, to, status, reason }: Promotion) {
  const [only, ...more] = from
  const source = more.length > 0 ? [...from] : only
  return { app, ...(source !== undefined && { from: source }), to, status, ...(reason !== undefined && { reason }) }
}

function reportedChange({ target, old, new: value }: Change): ReportedChange {
  const { file, line, column, kind, image } = target
  return { file, line, column, field: kind, ...(image !== undefined && { image }), old, new: value }
}

function keyOf(app: string, to: string): string {
  return JSON.stringify([app, to])
}
