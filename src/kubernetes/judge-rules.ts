import type { Schema } from './schema.ts'

/** How a value lies outside the bounds its schema sets; each completes a sentence that starts with its place. */
export function* bounds(value: unknown, schema: Schema): Iterable<string> {
  if (typeof value === 'number') {
    const { minimum, maximum, multipleOf } = schema
    if (minimum !== undefined && (schema.exclusiveMinimum ? value <= minimum : value < minimum)) {
      yield `must be ${schema.exclusiveMinimum ? 'more than' : 'at least'} ${minimum}`
    }
    if (maximum !== undefined && (schema.exclusiveMaximum ? value >= maximum : value > maximum)) {
      yield `must be ${schema.exclusiveMaximum ? 'less than' : 'at most'} ${maximum}`
    }
    if (multipleOf && !Number.isInteger(value / multipleOf)) yield `must be a multiple of ${multipleOf}`
  }
  if (typeof value === 'string' && (schema.minLength !== undefined || schema.maxLength !== undefined)) {
    yield* within([...value].length, schema.minLength, schema.maxLength, 'characters')
  }
  if (Array.isArray(value)) {
    yield* within(value.length, schema.minItems, schema.maxItems, 'items')
    if (schema.uniqueItems && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
      yield 'must not hold the same item twice'
    }
  } else if (typeof value === 'object' && value !== null) {
    yield* within(Object.keys(value).length, schema.minProperties, schema.maxProperties, 'entries')
  }
}

/** Whether a value lies within all bounds its schema sets. */
export function withinBounds(value: unknown, schema: Schema): boolean {
  for (const _ of bounds(value, schema)) return false
  return true
}

function* within(size: number, least: number | undefined, most: number | undefined, what: string): Iterable<string> {
  if (least !== undefined && size < least) yield `must have at least ${least} ${what}, but has ${size}`
  if (most !== undefined && size > most) yield `must have at most ${most} ${what}, but has ${size}`
}

/** Whether two values are equal as JSON. */
export function isEqualValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
