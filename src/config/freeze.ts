import { DAY, DAY_FORM, parseDay } from './day.ts'
import { mapping, maybeList, read } from './leaf.ts'
import { right, wrong } from './parsed.ts'

const day = () =>
  read(
    'a date such as 2026-12-20',
    (text) => {
      const instant = parseDay(text)
      return instant === undefined ? wrong('must be a date such as 2026-12-20') : right(instant)
    },
    DAY_FORM,
  )

const period = mapping({
  from: day().describe('First day (UTC).'),
  to: day().describe('Last day, inclusive (UTC).'),
}).transform(({ from, to }, context): Freeze => {
  if (to < from) context.issues.push({ code: 'custom', path: ['to'], message: 'must not lie before from', input: to })
  return { from, until: to + DAY }
})

/** Instants in milliseconds; `until` is the first that is free again. */
export interface Freeze {
  from: number
  until: number
}

export const freezes = maybeList(period, 'a list of { from: DATE, to: DATE }')
