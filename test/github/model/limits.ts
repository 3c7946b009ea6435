import type { Limits } from './settings.ts'

/** One request as the limits count it. */
export interface Charge {
  at: number
  kind: 'graphql' | 'rest'
  write: boolean
  /** Creates content that people see or are told of. */
  content: boolean
}

export interface Verdict {
  used: number
  /** Which limit is exceeded, if one is. */
  exceeded?: 'primary' | 'secondary'
  /** Seconds since 1970 at which the primary limit starts anew. */
  reset: number
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Judges the request that `charges` ends with. The figures are GitHub's documented ones; how it counts is not public. */
export function judge(limits: Limits, charges: readonly Charge[], now: number): Verdict {
  const lastHour = charges.filter(({ at }) => at > now - HOUR)
  const lastMinute = lastHour.filter(({ at }) => at > now - MINUTE)
  const content = (some: readonly Charge[]) => some.filter((charge) => charge.content).length
  const points = (kind: Charge['kind']) =>
    lastMinute.filter((charge) => charge.kind === kind).reduce((sum, { write }) => sum + (write ? 5 : 1), 0)
  const reset = Math.ceil(((lastHour[0]?.at ?? now) + HOUR) / 1000)
  const used = Math.min(lastHour.length, limits.hourly)
  if (lastHour.length > limits.hourly) return { used, exceeded: 'primary', reset }
  const tooFast =
    content(lastMinute) > limits.contentPerMinute ||
    content(lastHour) > limits.contentPerHour ||
    points('rest') > limits.restPointsPerMinute ||
    points('graphql') > limits.graphqlPointsPerMinute
  return { used, reset, ...(tooFast && { exceeded: 'secondary' }) }
}
