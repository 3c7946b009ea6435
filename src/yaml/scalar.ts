/** What a plain scalar becomes. Dates stay text: the cluster's readers keep them so. */
export type Scalar = string | number | boolean | null

/** How a plain scalar is read in the cluster and, where that is not what it says, the reading it suggests. */
export interface Reading {
  cluster: Scalar
  /** The YAML 1.2 reading (what editors and most tools show), only where it differs. */
  suggests?: Scalar
}

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
const NULL = new Set(['', '~', 'null', 'Null', 'NULL'])
const CORE_BOOL = new Set(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'])
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const GO_INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/

/** First characters of words and numbers that may be more than a string; any other plain scalar is one. */
const MAY_RESOLVE = new Set('yYnNtTfFoO~0123456789+-.')

/**
 * Reads a plain scalar as go-yaml v2 does (`resolve.go`; the last decoder before the API server):
 * YAML 1.1 booleans, `_` stripped from numbers, Go's base prefixes, no base 60, no dates.
 */
export function readPlain(text: string): Reading {
  if (text === '') return { cluster: null }
  if (!MAY_RESOLVE.has(text[0] as string)) return { cluster: text }
  if (NULL.has(text)) return { cluster: null }
  if (TRUE.has(text)) return CORE_BOOL.has(text) ? { cluster: true } : { cluster: true, suggests: text }
  if (FALSE.has(text)) return CORE_BOOL.has(text) ? { cluster: false } : { cluster: false, suggests: text }
  return readNumber(text)
}

/** `.inf` and `.nan` have no JSON form: every reader on the way to the API server fails on them. */
export function isNotFinite(text: string): boolean {
  return text.length < 6 && NOT_FINITE.test(text)
}

function readNumber(text: string): Reading {
  const digits = text.replaceAll('_', '')
  if (GO_INTEGER.test(digits)) {
    const cluster = goInteger(digits)
    const suggests = coreNumber(text)
    const spelt = /^[-+]?0[oO]/.test(text) ? text : suggests
    return Object.is(cluster, spelt) || cluster === spelt ? { cluster } : { cluster, suggests: spelt }
  }
  if (FLOAT.test(digits)) {
    const cluster = Number(digits)
    return digits === text ? { cluster } : { cluster, suggests: text }
  }
  return { cluster: text }
}

function goInteger(digits: string): number {
  const sign = digits[0] === '-' ? -1 : 1
  const body = digits.replace(/^[-+]/, '')
  const octal = /^0[oO]?([0-7]+)$/.exec(body)
  return sign * (octal ? Number.parseInt(octal[1] as string, 8) : Number(body))
}

/** A number as YAML 1.2's core schema reads it, or the text where it reads a string. */
function coreNumber(text: string): number | string {
  if (/^[-+]?[0-9]+$/.test(text)) return Number(text)
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number(text)
  return text
}
