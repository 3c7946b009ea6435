/** apimachinery's `resource.ParseQuantity`: a signed decimal number with at most one suffix. */
const QUANTITY = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/

export function isQuantity(value: string): boolean {
  return QUANTITY.test(value)
}

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Why a value is not of a format that decides whether the API server can decode it; other formats say nothing. */
export function checkFormat(value: unknown, format: string): string | undefined {
  switch (format) {
    case 'int32':
      return outside(value, -(2 ** 31), 2 ** 31 - 1) ? 'does not fit 32 bits' : undefined
    case 'int64':
      return outside(value, -(2 ** 63), 2 ** 63) ? 'does not fit 64 bits' : undefined
    case 'byte':
      return typeof value === 'string' && !isBase64(value) ? 'is not base64' : undefined
    case 'date-time':
      return typeof value === 'string' && !isDateTime(value)
        ? 'is not a date and time such as 2026-01-31T12:00:00Z'
        : undefined
    default:
      return undefined
  }
}

function outside(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && (value < least || value > most)
}

/** Go's encoding/json decodes standard base64, passing over line breaks. */
function isBase64(value: string): boolean {
  const body = value.replace(/[\r\n]/g, '')
  return body.length % 4 === 0 && BASE64.test(body)
}

/** RFC 3339 as Go's `time.Parse` takes it: upper-case T and Z, a day the month has, hours to 23, no leap second. */
function isDateTime(value: string): boolean {
  const [, year, month, day, hour, minute, second] = (DATE_TIME.exec(value) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return false
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= lastDay
  return isDay && (hour ?? 24) < 24 && (minute ?? 60) < 60 && (second ?? 60) < 60
}
