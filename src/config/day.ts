export const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/

/** Reads `2026-12-20` as the first instant of that day in UTC (milliseconds), or `undefined` where there is no such day. */
export function parseDay(text: string): number | undefined {
  if (!DAY_FORM.test(text)) return undefined
  const instant = Date.parse(`${text}T00:00:00Z`)
  // Date.parse refuses month 13, but some engines roll February 30 over.
  return Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== text ? undefined : instant
}

export const DAY = 86_400_000
