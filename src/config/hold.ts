import { parseDay } from './day.ts'
import { type Parsed, right, wrong } from './parsed.ts'

/** Which application is held in which environment; `*` stands for every one. */
export interface HoldTarget {
  app: string
  environment: string
}

/** Why something is held and, where one is given, the first instant (UTC) at which it no longer is. */
export interface HoldReason {
  reason: string
  until?: number
}

export type Hold = HoldTarget & HoldReason

/** Reads `web@prod`. */
export function parseHoldTarget(text: string): Parsed<HoldTarget> {
  const at = text.lastIndexOf('@')
  const [app, environment] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  if (at < 0 || app === '' || environment === '') {
    return wrong('must name an application and an environment, such as web@prod (or *@prod)')
  }
  return right({ app, environment })
}

const DAY_NAME = '(?:mon|tue|tues|wed|thu|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
const MONTH_NAME =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)'

/** How people write when. Whoever does expects it to end the hold, which without a date would last for ever. */
const WHEN = new RegExp(
  [
    String.raw`^(?:\d+[-./]\d.*|\d\S*$|\d+(?:st|nd|rd|th)?\.?\s+(?:of\s+)?${MONTH_NAME}\b.*`,
    String.raw`(?:today|tomorrow|tonight|noon|midnight|eo[dwmqy]|q[1-4]|${DAY_NAME}|${MONTH_NAME})\b.*`,
    String.raw`(?:next|end of)\s+(?:the\s+)?(?:day|week|weekend|month|quarter|year|sprint|${DAY_NAME}|${MONTH_NAME})\b.*)$`,
  ].join('|'),
  'i',
)

/** Reads `waits for the migration until 2026-10-01`; a date alone (`until 2026-10-01`) is a reason too. */
export function parseHoldReason(text: string): Parsed<HoldReason> {
  const reason = text.trim()
  if (reason === '') return wrong('must say why it is held')
  const [, when] = /.*(?:^|\s)until\s+(.+)$/is.exec(reason) ?? []
  if (when === undefined || !WHEN.test(when)) return right({ reason })
  const until = parseDay(when)
  if (until === undefined) return wrong('must end with a date such as until 2026-10-01')
  return right({ reason, until })
}
