import type { PathStep } from '../yaml/locate.ts'
import type { JsonSchemaNode, JsonType } from './json-schema-node.ts'
import { matchesPattern } from './pattern.ts'
import { isRecord } from './resource.ts'

export type Source = Readonly<Record<string, unknown>>
export type Part = Partial<Record<keyof JsonSchemaNode, unknown>>
/** Gives the schema up: a keyword at these steps is not what it must be. */
export type Unusable = (steps: readonly PathStep[], fault: string) => never

const TYPES: readonly unknown[] = [
  'object',
  'array',
  'string',
  'integer',
  'number',
  'boolean',
  'null',
] satisfies JsonType[]

const PLAIN = {
  format: 'string',
  pattern: 'string',
  minimum: 'number',
  maximum: 'number',
  multipleOf: 'number',
  minLength: 'number',
  maxLength: 'number',
  minProperties: 'number',
  maxProperties: 'number',
  minContains: 'number',
  maxContains: 'number',
  minItems: 'number',
  maxItems: 'number',
  uniqueItems: 'boolean',
} as const satisfies Partial<Record<keyof JsonSchemaNode, 'string' | 'number' | 'boolean'>>

/** The keywords that hold no further schema, as the newest draft has them. */
export function readKeywords(source: Source, unusable: Unusable): Part {
  const { pattern, required } = source
  if (typeof pattern === 'string') requirePattern(pattern, ['pattern'], unusable)
  return {
    ...plain(source, unusable),
    ...bound(source, 'minimum', 'exclusiveMinimum', unusable),
    ...bound(source, 'maximum', 'exclusiveMaximum', unusable),
    ...types(source, unusable),
    ...values(source, unusable),
    ...dependent(source, unusable),
    ...(required !== undefined && { required: names(required, ['required'], unusable) }),
  }
}

/** A pattern that RE2 cannot read would let everything pass. */
export function requirePattern(pattern: string, steps: readonly PathStep[], unusable: Unusable): void {
  if (matchesPattern('', pattern) === undefined) unusable(steps, 'is a pattern that RE2 cannot read')
}

function plain(source: Source, unusable: Unusable): Part {
  const part: Part = {}
  for (const [keyword, type] of Object.entries(PLAIN)) {
    const value = source[keyword]
    if (value === undefined) continue
    if (typeof value !== type) unusable([keyword], `is no ${type}`)
    part[keyword as keyof typeof PLAIN] = value
  }
  return part
}

/** Draft 4 and OpenAPI 3.0 say `exclusiveMinimum: true` beside a minimum; later drafts give the bound itself. */
function bound(
  source: Source,
  inclusive: 'minimum' | 'maximum',
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  unusable: Unusable,
): Part {
  const value = source[exclusive]
  if (value === undefined || value === false) return {}
  if (value === true) return { [exclusive]: source[inclusive], [inclusive]: undefined }
  return typeof value === 'number' ? { [exclusive]: value } : unusable([exclusive], 'is no number')
}

/** OpenAPI 3.0 says `nullable` for what is one more type elsewhere. */
function types({ type, nullable, format }: Source, unusable: Unusable): Part {
  if (format === 'int-or-string') return { types: ['integer', 'string'] }
  if (type === undefined) return {}
  const types: unknown[] = Array.isArray(type) ? type : [type]
  if (!types.every((each) => TYPES.includes(each))) unusable(['type'], 'is no type of JSON Schema')
  return { types: nullable === true ? [...types, 'null'] : types }
}

function values(source: Source, unusable: Unusable): Part {
  if (source.const !== undefined) return { enum: [source.const] }
  if (source.enum === undefined) return {}
  return Array.isArray(source.enum) ? { enum: source.enum } : unusable(['enum'], 'is no list')
}

/** Before 2019, `dependencies` held lists of names beside schemas. */
function dependent(source: Source, unusable: Unusable): Part {
  const all = ['dependencies', 'dependentRequired'].flatMap((keyword) => {
    const each = source[keyword]
    if (each === undefined) return []
    if (!isRecord(each)) return unusable([keyword], 'is no mapping')
    return Object.keys(each)
      .filter((name) => keyword === 'dependentRequired' || Array.isArray(each[name]))
      .map((name): [string, readonly string[]] => [name, names(each[name], [keyword, name], unusable)])
  })
  return all.length > 0 ? { dependentRequired: new Map(all) } : {}
}

function names(value: unknown, steps: readonly PathStep[], unusable: Unusable): readonly string[] {
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value
  return unusable(steps, 'is no list of names')
}
