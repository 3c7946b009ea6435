import { type Parsed, right, wrong } from './parsed.ts'

/** A cron expression; each list is sorted and holds what the field allows. */
export interface Cron {
  minutes: readonly number[]
  hours: readonly number[]
  /** Days of the month, from 1. */
  days: readonly number[]
  /** Months, from 1. */
  months: readonly number[]
  /** Days of the week; 0 is Sunday. */
  weekdays: readonly number[]
  /**
   * How the two kinds of day combine, as in cron: where both fields are restricted either may hold; where one starts
   * with `*` both must.
   */
  dayRule: 'either' | 'both'
}

interface Field {
  name: string
  least: number
  most: number
  names?: readonly string[]
}

export const WEEKDAYS: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const FIELDS = {
  minutes: { name: 'minutes', least: 0, most: 59 },
  hours: { name: 'hours', least: 0, most: 23 },
  days: { name: 'days of the month', least: 1, most: 31 },
  months: { name: 'months', least: 1, most: 12, names: ['', ...MONTHS] },
  weekdays: { name: 'days of the week', least: 0, most: 7, names: WEEKDAYS },
} satisfies Record<string, Field>

/** Reads the five fields of a cron expression: minute, hour, day of the month, month, day of the week. */
export function parseCron(fields: readonly string[]): Parsed<Cron> {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  const minutes = parseField(minute, FIELDS.minutes)
  if (!minutes.ok) return minutes
  const hours = parseField(hour, FIELDS.hours)
  if (!hours.ok) return hours
  const days = parseField(day, FIELDS.days)
  if (!days.ok) return days
  const months = parseField(month, FIELDS.months)
  if (!months.ok) return months
  const weekdays = parseField(weekday, FIELDS.weekdays)
  if (!weekdays.ok) return weekdays
  const dayRule = day.startsWith('*') || weekday.startsWith('*') ? 'both' : 'either'
  if (dayRule === 'both' && !months.value.some((month) => hasDay(month, days.value))) {
    return wrong('never opens: no such day is in these months')
  }
  return right({
    minutes: minutes.value,
    hours: hours.value,
    days: days.value,
    months: months.value,
    weekdays: sorted(weekdays.value.map((day) => day % 7)),
    dayRule,
  })
}

function hasDay(month: number, days: readonly number[]): boolean {
  return days.some((day) => day <= (LONGEST_MONTHS[month - 1] as number))
}

function parseField(text: string, field: Field): Parsed<number[]> {
  const values: number[] = []
  for (const part of text.split(',')) {
    const range = parseRange(part, field)
    if (!range) return wrong(`must have ${field.name} from ${field.least} to ${field.most}`)
    for (let value = range.from; value <= range.to; value += range.step) values.push(value)
  }
  return right(sorted(values))
}

function parseRange(part: string, field: Field): { from: number; to: number; step: number } | undefined {
  const [, span = '', steps] = /^([^/]*)(?:\/(\d{1,2}))?$/.exec(part) ?? []
  const step = steps === undefined ? 1 : Number(steps)
  if (step < 1) return undefined
  if (span === '*') return { from: field.least, to: field.most, step }
  const [first = '', last, ...more] = span.split('-')
  const from = parseValue(first, field)
  // `5/10` starts at 5 and goes on to the end.
  const to = last === undefined ? (steps === undefined ? from : field.most) : parseValue(last, field)
  if (more.length > 0 || from === undefined || to === undefined || from > to) return undefined
  return { from, to, step }
}

function parseValue(text: string, field: Field): number | undefined {
  const named = text === '' ? -1 : (field.names ?? []).indexOf(text.toLowerCase())
  if (named >= 0) return named
  if (!/^\d{1,2}$/.test(text)) return undefined
  const value = Number(text)
  return value >= field.least && value <= field.most ? value : undefined
}

function sorted(values: Iterable<number>): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
