const SHORTEST = 1000
const LONGEST = 60_000
const UNTOLD = 5000

/**
 * How long to wait, in milliseconds, as a Retry-After header asks for it in seconds or as a date; from one second up
 * to a minute, whatever it says. `now` is in milliseconds since 1970.
 */
export function retryAfter(header: string | undefined, now: number): number {
  const asked = askedFor(header?.trim() ?? '', now)
  return asked === undefined ? UNTOLD : Math.min(Math.max(asked, SHORTEST), LONGEST)
}

function askedFor(text: string, now: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // `Date.parse` takes far more than a date: "-5" is a month for it.
  const date = /^[A-Z][a-z]{2,8}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : date - now
}
