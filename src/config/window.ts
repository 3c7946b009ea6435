import { parseDuration } from '../report/duration.ts'
import { nearest } from '../report/nearest.ts'
import { type Cron, parseCron, WEEKDAYS } from './cron.ts'
import { type Parsed, right, wrong } from './parsed.ts'

/** When an environment may be promoted to. Times are those of a clock on the wall in `zone`. */
export type Window = {
  /** As written. */
  text: string
  /** IANA time zone. */
  zone: string
} & (WeeklyHours | { is: 'cron'; opens: Cron /** Milliseconds it stays open. */; length: number })

export interface WeeklyHours {
  is: 'weekly'
  /** Days it opens on; 0 is Sunday. */
  days: readonly number[]
  /** Minutes after midnight. */
  opens: number
  /** Minutes after midnight; at or below `opens` it is on the next day, 1440 is midnight. */
  closes: number
}

export const WINDOW_FORMS =
  'hours such as "Mon-Thu 09:00-16:00 Europe/Berlin" or a cron expression with a length such as "0 9 * * 1-5 for 8h Europe/Berlin"'

/** Reads `DAYS HH:MM-HH:MM [ZONE]` or `MINUTE HOUR DAY MONTH WEEKDAY for DURATION [ZONE]`; without a zone it is UTC. */
export function parseWindow(text: string): Parsed<Window> {
  const words = text.trim().split(/\s+/)
  const isCron = words.includes('for')
  const [least, most] = isCron ? [7, 8] : [2, 3]
  if (words.length < least || words.length > most) return wrong(`must be ${WINDOW_FORMS}`)
  const zone = parseZone(words[least] ?? 'UTC')
  if (!zone.ok) return zone
  const when = isCron ? parseOpening(words) : parseWeekly(words[0] as string, words[1] as string)
  return when.ok ? right({ text, zone: zone.value, ...when.value }) : when
}

function parseOpening(words: readonly string[]): Parsed<{ is: 'cron'; opens: Cron; length: number }> {
  const length = words[5] === 'for' ? parseDuration(words[6] as string) : undefined
  if (!length) return wrong('must have five cron fields, then "for" and a duration such as 8h')
  const opens = parseCron(words.slice(0, 5))
  return opens.ok ? right({ is: 'cron', opens: opens.value, length }) : opens
}

function parseWeekly(days: string, hours: string): Parsed<WeeklyHours> {
  const weekdays = parseDays(days)
  if (!weekdays) return wrong('must start with days such as Mon-Thu or Mon,Wed,Fri')
  const [, from, to] = /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/.exec(hours) ?? []
  const opens = parseTime(from)
  const closes = parseTime(to)
  if (opens === undefined || closes === undefined || opens === 1440) {
    return wrong('must have hours such as 09:00-16:00')
  }
  if (opens === closes) return wrong('never opens: it closes when it opens; write 00:00-24:00 for the whole day')
  return right({ is: 'weekly', days: weekdays, opens, closes })
}

function parseDays(text: string): number[] | undefined {
  const days = new Set<number>()
  for (const part of text.toLowerCase().split(',')) {
    const [first, last = first, ...more] = part.split('-').map((day) => WEEKDAYS.indexOf(day))
    if (first === undefined || last === undefined || first < 0 || last < 0 || more.length > 0) return undefined
    for (let day = first; day !== last; day = (day + 1) % 7) days.add(day)
    days.add(last)
  }
  return [...days].sort()
}

function parseTime(text: string | undefined): number | undefined {
  const [hours, minutes] = (text ?? '').split(':').map(Number)
  if (hours === undefined || minutes === undefined || minutes > 59) return undefined
  const time = hours * 60 + minutes
  return time <= 1440 ? time : undefined
}

let zones: readonly string[] | undefined

/** Offsets such as `+02:00` are refused: they know no summer time. */
function parseZone(text: string): Parsed<string> {
  if (/^[A-Za-z]/.test(text)) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: text })
      return right(text)
    } catch {
      // not a zone: told below
    }
  }
  zones ??= Intl.supportedValuesOf('timeZone')
  const close = nearest(
    text,
    zones.filter((zone) => zone[0] === text[0]?.toUpperCase()),
  )
  const hint = close ? `did you mean ${close}?` : 'write one such as Europe/Berlin'
  return wrong(`names no time zone; ${hint}`)
}
