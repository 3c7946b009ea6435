import { nearest } from '../report/nearest.ts'
import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import { namesCredential } from './credential.ts'
import { checkFormat, isQuantity } from './format.ts'
import { isSound } from './judge-quick.ts'
import { bounds, isEqualValue } from './judge-rules.ts'
import { aType, describe, enumerate } from './judge-words.ts'
import { duplicateListKeys } from './list-keys.ts'
import { matchesPattern } from './pattern.ts'
import type { SchemaProblem } from './problem.ts'
import type { Schema, SchemaType } from './schema.ts'

export interface JudgeOptions {
  /** Values that are not known yet (a Flux variable such as `${REPLICAS}`): nothing is said about them. */
  unknown?: (value: string) => boolean
  /** Whether values may be quoted in messages. Not those of a Secret. */
  quoteValues: boolean
  /** How deep schemas and values are followed. */
  depth?: number
  /** What is left of the work that one resource may cause; alternatives of a hostile CRD multiply it. */
  budget?: { steps: number; problems: number; suggestions: number }
}

const MOST_STEPS = 3_000_000
const MOST_PROBLEMS = 500
const MOST_SUGGESTIONS = 20

const MOST_DEEP = 200

/**
 * Judges a value by a structural schema, as the API server does with strict field validation: unknown fields are
 * problems, `null` stands for an absent optional field. Nothing is compiled; time is linear in the value, times the
 * alternatives (`anyOf`…) of a schema that was read from data no larger than one resource.
 */
export function judge(value: unknown, schema: Schema, options: JudgeOptions): SchemaProblem[] {
  const { unknown, depth = MOST_DEEP } = options
  if (isSound(value, schema, { unknown, depth, steps: MOST_STEPS })) return []
  return judgeClosely(value, schema, options)
}

/** Says all that is wrong with a value, and where. */
export function judgeClosely(value: unknown, schema: Schema, options: JudgeOptions): SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const path: PathStep[] = []
  const mostDeep = options.depth ?? MOST_DEEP
  const budget = options.budget ?? { steps: MOST_STEPS, problems: MOST_PROBLEMS, suggestions: MOST_SUGGESTIONS }
  const inner = { ...options, budget }

  function say(rule: SchemaProblem['rule'], at: SchemaProblem['at'], message: string, help?: string): void {
    if (problems.length >= budget.problems) return
    problems.push({ rule, path: [...path], message, at, ...(help && { help }) })
  }

  function walk(value: unknown, schema: Schema) {
    if (path.length > mostDeep || --budget.steps < 0) return
    if (typeof value === 'string' && options.unknown?.(value)) return
    if (schema.quantity) return quantity(value)
    if (schema.intOrString) {
      if (!isIntOrString(value)) return wrong(value, 'an integer or a string')
      return valueRules(value, schema)
    }
    if (value === null) return
    if (schema.type && !hasType(value, schema.type)) return wrong(value, aType(schema.type))
    if (Array.isArray(value)) list(value, schema)
    else if (typeof value === 'object') mapping(value as Record<string, unknown>, schema)
    valueRules(value, schema)
  }

  function mapping(value: Record<string, unknown>, schema: Schema): void {
    const properties = schema.properties
    for (const name of schema.required ?? []) {
      if (!Object.hasOwn(value, name)) say('schema/missing', 'key', `${here()} lacks the required field ${name}.`)
      else if (value[name] === null && !properties?.get(name)?.nullable) {
        step(name, () => say('schema/invalid', 'value', `${here()} is required, but null.`))
      }
    }
    for (const name of Object.keys(value)) {
      const property = properties?.get(name)
      if (property) step(name, () => walk(value[name], property))
      else if (schema.additionalProperties === true || schema.preserveUnknown) continue
      else if (schema.additionalProperties) {
        const each = schema.additionalProperties
        step(name, () => entry(value[name], each))
      } else if (properties && !isEmbedded(schema, name)) step(name, () => unknownField(name, properties))
    }
  }

  function list(value: readonly unknown[], schema: Schema): void {
    if (schema.items) {
      const items = schema.items
      for (let index = 0; index < value.length; index++) step(index, () => entry(value[index], items))
    }
    for (const duplicate of duplicateListKeys(value, schema)) {
      step(duplicate.index, () => say('list/duplicate-key', 'value', `${here()} ${duplicate.message}`))
    }
  }

  /** A null among items or map values is taken for an empty scalar; an object cannot be empty so. */
  function entry(value: unknown, schema: Schema) {
    if (value === null && (schema.type === 'object' || schema.type === 'array') && !schema.nullable) {
      return wrong(value, aType(schema.type))
    }
    walk(value, schema)
  }

  function unknownField(name: string, properties: ReadonlyMap<string, Schema>): void {
    const close = budget.suggestions-- > 0 ? nearest(name, properties.keys()) : undefined
    const owner = toFieldPath(path.slice(0, -1)) || 'this kind'
    const help = close ? `Did you mean ${close}?` : undefined
    say('schema/unknown-field', 'key', `${here()} is unknown: ${owner} has no field ${name}.`, help)
  }

  function quantity(value: unknown) {
    if (value === null || typeof value === 'number') return
    if (typeof value !== 'string') return wrong(value, 'a quantity (a string or a number)')
    if (!isQuantity(value)) say('schema/invalid', 'value', `${here()} is not a quantity such as 100m, 1.5 or 2Gi.`)
  }

  function valueRules(value: unknown, schema: Schema): void {
    if (schema.format) {
      const fault = checkFormat(value, schema.format)
      if (fault) say('schema/invalid', 'value', `${here()} ${fault}.`)
    }
    if (schema.enum && value !== null && !schema.enum.some((allowed) => isEqualValue(allowed, value))) {
      const all = schema.enum.map((allowed) => JSON.stringify(allowed))
      const close = typeof value === 'string' ? nearest(value, schema.enum.map(String)) : undefined
      say('schema/invalid', 'value', `${here()} must be one of ${enumerate(all)}.`, close && `Did you mean ${close}?`)
      ;(problems.at(-1) as SchemaProblem).enumerated = true
    }
    for (const fault of bounds(value, schema)) say('schema/invalid', 'value', `${here()} ${fault}.`)
    if (schema.pattern && typeof value === 'string' && matchesPattern(value, schema.pattern) === false) {
      say('schema/invalid', 'value', `${here()} does not match the pattern ${schema.pattern}.`)
    }
    combinations(value, schema)
  }

  function combinations(value: unknown, schema: Schema): void {
    for (const part of schema.allOf ?? []) walkOpen(value, part)
    if (schema.anyOf && !schema.anyOf.some((part) => fits(value, part))) {
      say('schema/invalid', 'value', `${here()} matches none of the alternatives its schema allows.`)
    }
    if (schema.oneOf) {
      const matching = schema.oneOf.filter((part) => fits(value, part)).length
      // What is not known yet fits every alternative.
      const tooMany = matching > 1 && !options.unknown
      if (matching === 0 || tooMany) {
        const found = matching === 0 ? 'none' : `${matching}`
        say(
          'schema/invalid',
          'value',
          `${here()} must match exactly one of its schema's alternatives, but matches ${found}.`,
        )
      }
    }
    if (schema.not && fits(value, schema.not))
      say('schema/invalid', 'value', `${here()} has a form its schema forbids.`)
  }

  /** Value validations inside allOf and the like never close an object: structure is stated outside of them. */
  function walkOpen(value: unknown, schema: Schema): void {
    for (const problem of judgeClosely(value, schema, inner)) {
      if (problem.rule !== 'schema/unknown-field') problems.push({ ...problem, path: [...path, ...problem.path] })
    }
  }

  function fits(value: unknown, schema: Schema): boolean {
    return judgeClosely(value, schema, inner).every((problem) => problem.rule === 'schema/unknown-field')
  }

  function step(name: PathStep, then: () => void): void {
    path.push(name)
    then()
    path.pop()
  }

  function here(): string {
    return path.length === 0 ? 'The resource' : toFieldPath(path)
  }

  function wrong(value: unknown, expected: string): void {
    say('schema/invalid', 'value', `${here()} must be ${expected}, but is ${describe(value, mayQuote())}.`)
  }

  /** The `value` of an environment variable may be a credential under any name. */
  function mayQuote(): boolean {
    const field = path.at(-1)
    return options.quoteValues && field !== 'value' && !(typeof field === 'string' && namesCredential(field))
  }

  walk(value, schema)
  if (budget.steps < 0 && !options.budget) {
    path.length = 0
    problems.push({ rule: 'yaml/limit', path: [], at: 'key', message: BEYOND_BUDGET })
  }
  return problems
}

const BEYOND_BUDGET = `Judging this resource takes more than ${MOST_STEPS} steps, so it was not judged to the end.`

function isEmbedded(schema: Schema, name: string): boolean {
  return schema.embeddedResource === true && (name === 'apiVersion' || name === 'kind' || name === 'metadata')
}

function isIntOrString(value: unknown): boolean {
  return value === null || typeof value === 'string' || Number.isInteger(value)
}

function hasType(value: unknown, type: SchemaType): boolean {
  switch (type) {
    case 'object':
      return typeof value === 'object' && !Array.isArray(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}
