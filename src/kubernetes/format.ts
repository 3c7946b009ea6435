/** apimachinery's `resource.ParseQuantity`: a signed decimal number with at most one suffix. */
const QUANTITY = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/

export function isQuantity(value: string): boolean {
  return QUANTITY.test(value)
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/
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

function isDateTime(value: string): boolean {
  return value === '' || (DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)))
}
