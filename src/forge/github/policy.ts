import type { HttpAnswer } from './exchange.ts'
import { parseRetryAfter } from './retry-after.ts'

/** What one try came to: an answer, or the reason why there is none. */
export type Outcome = { answer: HttpAnswer } | { lost: string }

/**
 * What to do about it:
 * - `accept`: GitHub answered, whatever it said.
 * - `wait` and try again.
 * - `limited`: it was not done, and GitHub asks for a longer wait than a run should take.
 * - `lost`: a read could not be had; of a write nobody knows whether it happened.
 */
export type Verdict =
  | { do: 'accept' }
  | { do: 'wait'; milliseconds: number; why: string }
  | { do: 'limited'; milliseconds: number }
  | { do: 'lost'; why: string }

export interface Try {
  /** From 1. */
  attempt: number
  /** A write is repeated only where GitHub says that it was not done. */
  write: boolean
  /** In milliseconds since 1970. */
  now: number
}

export const MOST_TRIES = 3
/** GitHub's limits ask for up to an hour; a job is not held that long. */
const LONGEST_WAIT = 120_000
/** GitHub's advice where a secondary limit names no time. */
const SECONDARY_WAIT = 60_000
const BUSY_WAIT = 1000

export function judge(outcome: Outcome, { attempt, write, now }: Try): Verdict {
  if ('answer' in outcome) {
    const limit = limitOf(outcome.answer, attempt, now)
    if (limit !== undefined) return afterLimit(limit, attempt)
  }
  const why = 'lost' in outcome ? outcome.lost : faultOf(outcome.answer)
  if (why === undefined) return { do: 'accept' }
  if (write || attempt >= MOST_TRIES) return { do: 'lost', why }
  return { do: 'wait', milliseconds: BUSY_WAIT * 2 ** (attempt - 1), why }
}

function afterLimit(milliseconds: number, attempt: number): Verdict {
  if (milliseconds > LONGEST_WAIT || attempt >= MOST_TRIES) return { do: 'limited', milliseconds }
  return { do: 'wait', milliseconds, why: 'a rate limit' }
}

/** How long GitHub asks to wait, in milliseconds; `undefined` where no limit is met. */
function limitOf({ status, headers, text }: HttpAnswer, attempt: number, now: number): number | undefined {
  const graphqlLimit = status === 200 && /"type":\s*"RATE_LIMITED?"/.test(text.slice(0, 10_000))
  if (status !== 429 && status !== 403 && !graphqlLimit) return undefined
  if (status === 403 && !/rate limit|abuse detection/i.test(text.slice(0, 10_000))) return undefined
  const asked = parseRetryAfter(headers['retry-after'], now)
  if (asked !== undefined) return asked
  const reset = Number(headers['x-ratelimit-reset'])
  if (headers['x-ratelimit-remaining'] === '0' && reset > 0) return Math.max(reset * 1000 - now, 0) + 1000
  return Math.min(SECONDARY_WAIT * 2 ** (attempt - 1), LONGEST_WAIT)
}

/** What makes an answer none: a server in trouble, or a page or half a text where JSON should be. */
function faultOf({ status, text }: HttpAnswer): string | undefined {
  if (status >= 500) return `it answered ${status}`
  if (status < 200 || (status >= 300 && status < 400)) return `it answered ${status}`
  if (status < 300 && status !== 204 && !isJson(text)) return `it answered ${status} with what is no JSON`
  return undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
