import type { Cron } from '../config/cron.ts'
import type { Window } from '../config/window.ts'

/** A day of the calendar, as its first instant would be in UTC. */
type Day = number

const MINUTE = 60_000
const DAY = 1440 * MINUTE
/** February 29 comes after eight years at the latest. */
const FURTHEST = 8 * 366

interface Interval {
  from: number
  until: number
}

/** Whether a window is open, and if not, when it opens next (milliseconds); never, for some cron expressions. */
export function windowAt(window: Window, now: number): { open: boolean; opens?: number } {
  const today = dayAt(now, window.zone)
  const reach = window.is === 'cron' ? Math.ceil(window.length / DAY) + 1 : 1
  for (let back = reach; back >= 0; back--) {
    const intervals = intervalsOn(today - back * DAY, window)
    if (intervals.some(({ from, until }) => from <= now && now < until)) return { open: true }
  }
  for (let ahead = 0; ahead <= FURTHEST; ahead++) {
    const later = intervalsOn(today + ahead * DAY, window).filter(({ from }) => from > now)
    if (later.length > 0) return { open: false, opens: Math.min(...later.map(({ from }) => from)) }
  }
  return { open: false }
}

/** When a window opens on a day of its zone, and until when it then stays open. */
function intervalsOn(day: Day, window: Window): Interval[] {
  const at = (minutes: number) => instantOf(day + minutes * MINUTE, window.zone)
  if (window.is === 'weekly') {
    if (!window.days.includes(new Date(day).getUTCDay())) return []
    const closes = window.closes <= window.opens ? window.closes + 1440 : window.closes
    return [{ from: at(window.opens), until: at(closes) }]
  }
  if (!isCronDay(day, window.opens)) return []
  return window.opens.hours.flatMap((hour) =>
    window.opens.minutes.map((minute) => {
      const from = at(hour * 60 + minute)
      return { from, until: from + window.length }
    }),
  )
}

function isCronDay(day: Day, { days, months, weekdays, dayRule }: Cron): boolean {
  const date = new Date(day)
  if (!months.includes(date.getUTCMonth() + 1)) return false
  const [ofMonth, ofWeek] = [days.includes(date.getUTCDate()), weekdays.includes(date.getUTCDay())]
  return dayRule === 'either' ? ofMonth || ofWeek : ofMonth && ofWeek
}

function dayAt(instant: number, zone: string): Day {
  const wall = instant + offsetAt(instant, zone)
  return wall - (((wall % DAY) + DAY) % DAY)
}

/**
 * The first instant at which a clock on the wall shows this time. A time that summer time skips is the instant at which it
 * is skipped.
 */
function instantOf(wall: number, zone: string): number {
  const [before, after] = [offsetAt(wall - DAY, zone), offsetAt(wall + DAY, zone)]
  const instants = [wall - before, wall - after]
  const shown = instants.filter((instant) => instant + offsetAt(instant, zone) === wall)
  return shown.length > 0 ? Math.min(...shown) : changeBetween(wall - after, wall - before, zone)
}

/** The first instant of the second offset. */
function changeBetween(earlier: number, later: number, zone: string): number {
  const old = offsetAt(earlier, zone)
  let [low, high] = [earlier, later]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle, zone) === old) low = middle
    else high = middle
  }
  return high
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** How far the clocks of a zone are ahead of UTC (milliseconds). */
function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
    })
    formats.set(zone, format)
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(instant / 1000) * 1000
}
