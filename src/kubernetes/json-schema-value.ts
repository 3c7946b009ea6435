import { nearest } from '../report/nearest.ts'
import { checkFormat } from './format.ts'
import type { JsonSchema, JsonSchemaNode, JsonType } from './json-schema-node.ts'
import { enumerate, sizeFault } from './json-schema-words.ts'
import { matchesPattern } from './pattern.ts'

/** What is wrong with a value; completes a sentence that starts with its path. */
export interface ValueFault {
  fault: string
  help?: string
}

/** No suggestion is made from a longer enumeration: it takes too long, and is of little help. */
const MOST_COMPARED = 200

/** What a schema says of a value apart from what the value holds. */
export function* valueFaults(value: unknown, node: JsonSchemaNode): Iterable<ValueFault> {
  if (node.enum && !node.enum.some((allowed) => sameValue(allowed, value))) yield notAllowed(value, node.enum)
  const format = node.format && checkFormat(value, node.format)
  if (format) yield { fault: format }
  const faults = [size(value, node), ...(typeof value === 'number' ? numberFaults(value, node) : [])]
  for (const fault of faults) if (fault) yield { fault }
  if (typeof value === 'string' && node.pattern && !matchesPattern(value, node.pattern)) {
    yield { fault: `does not match the pattern ${node.pattern}` }
  }
  if (node.uniqueItems && Array.isArray(value) && new Set(value.map(canonical)).size < value.length) {
    yield { fault: 'must not hold the same item twice' }
  }
}

export function hasType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'null':
      return value === null
    default:
      return typeof value === type
  }
}

/** The types a schema allows at all, also by reference; `undefined` where it does not say. */
export function typesOf(schema: JsonSchema): readonly JsonType[] | undefined {
  let next: JsonSchema | undefined = schema
  for (let hops = 0; hops < 10 && typeof next === 'object'; hops++) {
    if (next.types) return next.types
    next = next.reference?.target
  }
  return undefined
}

/** How much work `valueFaults` is, in steps; a pattern reads the whole text. */
export function valueSteps(value: unknown, node: JsonSchemaNode): number {
  return (node.enum?.length ?? 0) + (node.pattern && typeof value === 'string' ? value.length : 0)
}

function notAllowed(value: unknown, allowed: readonly unknown[]): ValueFault {
  const comparable = typeof value === 'string' && allowed.length <= MOST_COMPARED
  const close = comparable ? nearest(value, allowed.map(String)) : undefined
  const fault = `must be ${allowed.length === 1 ? '' : 'one of '}${enumerate(allowed)}`
  return { fault, ...(close && { help: `Did you mean ${close}?` }) }
}

function numberFaults(value: number, node: JsonSchemaNode): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = node
  return [
    ...(minimum !== undefined && value < minimum ? [`must be at least ${minimum}`] : []),
    ...(maximum !== undefined && value > maximum ? [`must be at most ${maximum}`] : []),
    ...(exclusiveMinimum !== undefined && value <= exclusiveMinimum ? [`must be more than ${exclusiveMinimum}`] : []),
    ...(exclusiveMaximum !== undefined && value >= exclusiveMaximum ? [`must be less than ${exclusiveMaximum}`] : []),
    ...(multipleOf && !Number.isInteger(value / multipleOf) ? [`must be a multiple of ${multipleOf}`] : []),
  ]
}

function size(value: unknown, node: JsonSchemaNode): string | undefined {
  if (typeof value === 'string') {
    if (node.minLength === undefined && node.maxLength === undefined) return undefined
    return sizeFault([...value].length, node.minLength, node.maxLength, 'characters')
  }
  if (Array.isArray(value)) return sizeFault(value.length, node.minItems, node.maxItems, 'items')
  if (typeof value !== 'object' || value === null) return undefined
  return sizeFault(Object.keys(value).length, node.minProperties, node.maxProperties, 'entries')
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b))
}

/** The order of keys means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (hasType(each, 'object') ? sorted(each as object) : each))
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
