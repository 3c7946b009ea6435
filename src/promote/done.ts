import type { Step } from './reconcile.ts'
import type { PromotionStatus } from './report.ts'

/** What became of a branch. */
export interface Done {
  status: PromotionStatus
  reason?: string
  pullRequest?: number
  url?: string
  /** Merged in this run. */
  merged?: boolean
  /** GitHub merges it by itself once its rules are met. */
  merging?: boolean
}

/** What the steps would do, told without taking them. */
export function foretold(steps: readonly Step[]): Map<string, Done> {
  const done = new Map<string, Done>()
  for (const step of steps) {
    if (step.do === 'restrain') continue
    const pull = step.pull && { pullRequest: step.pull.number, url: step.pull.url }
    if (step.do === 'close') done.set(step.name, { status: 'close', reason: step.reason, ...pull })
    else if (step.do === 'hold') done.set(step.wanted.request.branch, { status: 'held', reason: step.reason, ...pull })
    else done.set(step.wanted.request.branch, { status: step.operation, ...pull })
  }
  return done
}

/**
 * A later round finds as it should be what an earlier one has done, and clears the branch of what that has merged away.
 */
export function together(before: Done | undefined, now: Done): Done {
  if (before?.merged && now.status === 'close') return before
  return before && now.status === 'unchanged' ? { ...now, status: before.status } : now
}
