const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const

const PART = /(\d{1,12})(ms|[dhms])/g
/** What a duration looks like; the order of its units is not told by it. */
export const DURATION = /^(?:\d{1,12}(?:ms|[dhms]))+$/

/**
 * Reads `500ms`, `5s`, `15m`, `2h`, `1d`, or several of them from large to small (`1h30m`), into milliseconds;
 * `undefined` where the text is none of these. A number without a unit is none.
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined
  let total = 0
  let smallest = Number.POSITIVE_INFINITY
  for (const [, digits, unit] of text.matchAll(PART)) {
    const size = UNITS[unit as keyof typeof UNITS]
    if (size >= smallest) return undefined
    smallest = size
    total += Number(digits) * size
  }
  return Number.isSafeInteger(total) ? total : undefined
}

/** Milliseconds as `parseDuration` reads them: `90_000` is `1m30s`. Fractions of a millisecond are dropped. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.max(0, Math.floor(milliseconds))
  let text = ''
  for (const [unit, size] of Object.entries(UNITS)) {
    const count = Math.floor(rest / size)
    if (count > 0) text += `${count}${unit}`
    rest %= size
  }
  return text || '0s'
}
