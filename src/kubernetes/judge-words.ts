import type { SchemaType } from './schema.ts'

/** The type a schema asks for, in words. */
export function aType(type: SchemaType): string {
  switch (type) {
    case 'object':
      return 'a mapping'
    case 'array':
      return 'a list'
    case 'integer':
      return 'an integer'
    default:
      return `a ${type}`
  }
}

/** What a value is, in words. Only numbers and booleans are ever quoted: a string may be a secret wherever it stands. */
export function describe(value: unknown, quote: boolean): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  const type = `the ${typeof value}`
  if (typeof value === 'string') return 'a string'
  return quote ? `${type} ${String(value)}` : `a ${typeof value}`
}

/** Some of a list, for a message. */
export function enumerate(all: readonly string[]): string {
  const shown = all.slice(0, 12).join(', ')
  return all.length > 12 ? `${shown} and ${all.length - 12} more` : shown
}
