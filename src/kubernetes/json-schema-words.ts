/** What a value is. Text is never quoted: a string may be a secret wherever it stands. */
export function describe(value: unknown, quote: boolean): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') return 'a string'
  return quote ? `the ${typeof value} ${String(value)}` : `a ${typeof value}`
}

/** A type as people say it. */
export function aType(type: string): string {
  switch (type) {
    case 'object':
      return 'a mapping'
    case 'array':
      return 'a list'
    case 'integer':
      return 'an integer'
    case 'null':
      return 'null'
    default:
      return `a ${type}`
  }
}

/** `a, b and 3 more`: allowed values come from a schema and may be quoted. */
export function enumerate(values: readonly unknown[]): string {
  const all = values.map((value) => JSON.stringify(value))
  const shown = all.slice(0, 12).join(', ')
  return all.length > 12 ? `${shown} and ${all.length - 12} more` : shown
}

/** What is wrong with a size, if anything. */
export function sizeFault(
  size: number,
  least: number | undefined,
  most: number | undefined,
  what: 'characters' | 'items' | 'entries',
): string | undefined {
  if (least !== undefined && size < least) return `must have at least ${least} ${what}, but has ${size}`
  if (most !== undefined && size > most) return `must have at most ${most} ${what}, but has ${size}`
  return undefined
}
