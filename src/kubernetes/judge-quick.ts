import { checkFormat, isQuantity } from './format.ts'
import { type Plan, planOf } from './judge-plan.ts'
import { isEqualValue, withinBounds } from './judge-rules.ts'
import { duplicateListKeys } from './list-keys.ts'
import { matchesPattern } from './pattern.ts'
import type { Schema } from './schema.ts'

/** What a quick look needs to know of its run, and what is left of the work it may do. */
export interface QuickLook {
  unknown: ((value: string) => boolean) | undefined
  depth: number
  steps: number
}

type Mapping = Readonly<Record<string, unknown>>

/**
 * Whether a value holds to a schema in every respect, without saying where it does not: nearly all resources do, and
 * for them no path and no message need be made. `false` also where the steps ran out.
 */
export function isSound(value: unknown, schema: Schema, look: QuickLook): boolean {
  return walk(value, planOf(schema), 0, true, look) && look.steps >= 0
}

/** @param closed whether a field that the schema does not know is a fault. */
function walk(value: unknown, plan: Plan, depth: number, closed: boolean, look: QuickLook): boolean {
  if (depth > look.depth || --look.steps < 0) return true
  if (typeof value === 'string' && look.unknown?.(value)) return true
  if (plan.type === 'quantity')
    return value === null || typeof value === 'number' || (typeof value === 'string' && isQuantity(value))
  if (value === null && plan.type !== 'intOrString') return true
  if (!hasType(value, plan)) return false
  if (typeof value === 'object' && value !== null) {
    const fine = Array.isArray(value)
      ? list(value, plan, depth, closed, look)
      : mapping(value as Mapping, plan, depth, closed, look)
    if (!fine) return false
  }
  if (plan.isRuled && !holdsRules(value, plan.schema)) return false
  return !plan.isCombined || combines(value, plan.schema, look)
}

function hasType(value: unknown, plan: Plan): boolean {
  switch (plan.type) {
    case 'any':
      return true
    case 'object':
      return typeof value === 'object' && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'intOrString':
      return value === null || typeof value === 'string' || Number.isInteger(value)
    default:
      return typeof value === plan.type
  }
}

function mapping(value: Mapping, plan: Plan, depth: number, closed: boolean, look: QuickLook): boolean {
  const { properties, entries } = plan
  for (const name of plan.required) {
    if (!Object.hasOwn(value, name)) return false
    if (value[name] === null && !properties?.get(name)?.schema.nullable) return false
  }
  for (const name of Object.keys(value)) {
    const property = properties?.get(name)
    if (property) {
      if (!walk(value[name], property, depth + 1, closed, look)) return false
    } else if (plan.isOpen) continue
    else if (entries) {
      if (!entry(value[name], entries, depth + 1, closed, look)) return false
    } else if (closed && properties && !(plan.isEmbedded && IMPLIED.has(name))) return false
  }
  return true
}

const IMPLIED = new Set(['apiVersion', 'kind', 'metadata'])

function list(value: readonly unknown[], plan: Plan, depth: number, closed: boolean, look: QuickLook): boolean {
  const { items } = plan
  if (items) {
    for (const item of value) {
      if (!entry(item, items, depth + 1, closed, look)) return false
    }
  }
  return !plan.hasListKeys || duplicateListKeys(value, plan.schema).length === 0
}

function entry(value: unknown, plan: Plan, depth: number, closed: boolean, look: QuickLook): boolean {
  if (value === null && plan.refusesNullEntry) return false
  return walk(value, plan, depth, closed, look)
}

function holdsRules(value: unknown, schema: Schema): boolean {
  if (schema.format && checkFormat(value, schema.format)) return false
  if (schema.enum && value !== null && !schema.enum.some((allowed) => isEqualValue(allowed, value))) return false
  if (!withinBounds(value, schema)) return false
  return !(schema.pattern && typeof value === 'string' && matchesPattern(value, schema.pattern) === false)
}

/** Each alternative is looked at from its own root, and never closes an object. */
function combines(value: unknown, schema: Schema, look: QuickLook): boolean {
  const fits = (part: Schema) => walk(value, planOf(part), 0, false, look)
  if (schema.allOf && !schema.allOf.every(fits)) return false
  if (schema.anyOf && !schema.anyOf.some(fits)) return false
  if (schema.oneOf) {
    const matching = schema.oneOf.filter(fits).length
    if (matching === 0 || (matching > 1 && !look.unknown)) return false
  }
  return !(schema.not && fits(schema.not))
}
