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

/** Reads `waits for the migration until 2026-10-01`; a date alone (`until 2026-10-01`) is a reason too. */
export function parseHoldReason(text: string): Parsed<HoldReason> {
  const reason = text.trim()
  if (reason === '') return wrong('must say why it is held')
  const [, day] = /(?:^|\s)until\s+(\S+)$/.exec(reason) ?? []
  if (day === undefined || !/^\d/.test(day)) return right({ reason })
  const until = parseDay(day)
  if (until === undefined) return wrong('must end with a date such as until 2026-10-01')
  return right({ reason, until })
}
