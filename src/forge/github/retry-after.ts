/**
 * The header `retry-after` in milliseconds from now: seconds, or an HTTP date (RFC 9110 §10.2.3). What is neither, or lies
 * in the past, says nothing.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  if (!HTTP_DATE.test(text)) return undefined
  const wait = Date.parse(text) - now
  return wait > 0 ? wait : undefined
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
