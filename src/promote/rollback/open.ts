import { branchName } from '../branch.ts'
import type { Promotion } from '../plan.ts'

/** The branch on which a rollback of the same application in the same environment is open. */
export function openRollback(
  { app, to }: Pick<Promotion, 'app' | 'to'>,
  rollbacks: ReadonlySet<string>,
): string | undefined {
  const branch = branchName('rollback', to, app)
  return rollbacks.has(branch) ? branch : undefined
}

/** While a rollback is open, its promotion is held: merging both would undo the one or the other. */
export function besideRollback(promotion: Promotion, rollbacks: ReadonlySet<string>): Promotion {
  const branch = openRollback(promotion, rollbacks)
  if (branch === undefined || (promotion.status !== 'open' && promotion.status !== 'waiting')) return promotion
  const { opens: _, ...rest } = promotion
  return { ...rest, status: 'held', reason: `A rollback is open on ${branch}; merge it or close it first.` }
}
