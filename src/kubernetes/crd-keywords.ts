import type { PathStep } from '../yaml/locate.ts'
import { aType, describe } from './json-schema-words.ts'
import { isRecord } from './resource.ts'
import type { Schema, SchemaType } from './schema.ts'

interface Report {
  /** A keyword, or an item of it, is not what it must be; the keyword then counts as absent. */
  wrong(steps: readonly PathStep[], fault: string): void
  /** Counts what a keyword brings; false where a limit is exceeded. */
  admit(count: number): boolean
}

const PLAIN = {
  format: 'string',
  pattern: 'string',
  nullable: 'boolean',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'boolean',
  exclusiveMaximum: 'boolean',
  multipleOf: 'number',
  minLength: 'integer',
  maxLength: 'integer',
  minItems: 'integer',
  maxItems: 'integer',
  uniqueItems: 'boolean',
  minProperties: 'integer',
  maxProperties: 'integer',
} as const satisfies Partial<Record<keyof Schema, SchemaType>>

const TYPES: readonly string[] = ['object', 'array', 'string', 'integer', 'number', 'boolean'] satisfies SchemaType[]
const LIST_TYPES: readonly string[] = ['atomic', 'set', 'map']
const INT_OR_STRING = new Set(['integer', 'string'])

/** The keywords of an OpenAPI schema that hold no further schema. What is of the wrong type is reported and left out. */
export function readKeywords(source: Readonly<Record<string, unknown>>, report: Report): Schema {
  const plain = Object.entries(PLAIN).flatMap(([keyword, type]) => {
    const value = source[keyword]
    if (value === undefined || value === null) return []
    if (type === 'integer' ? Number.isInteger(value) : typeof value === type) return [[keyword, value]]
    report.wrong([keyword], mustBe(aType(type), value))
    return []
  })
  const schema: Schema = { ...Object.fromEntries(plain), ...enumeration(source, report) }
  const required = names('required', source, report)
  const listKeys = names('x-kubernetes-list-map-keys', source, report)
  const listType = oneOf('x-kubernetes-list-type', LIST_TYPES, source, report)
  return {
    ...schema,
    ...typeOf(source, schema.format, report),
    ...(required && { required }),
    ...(listType && { listType: listType as Schema['listType'] }),
    ...(listKeys && { listKeys }),
  }
}

/** Whether alternatives say no more than int-or-string itself: `anyOf: [{type: integer}, {type: string}]`. */
export function repeatsIntOrString(parts: unknown): boolean {
  return (
    Array.isArray(parts) &&
    parts.length === 2 &&
    parts.every((part) => isRecord(part) && Object.keys(part).length === 1 && INT_OR_STRING.has(String(part.type)))
  )
}

/** `format: int-or-string` is how it was written before there was a keyword, beside a type that contradicts it. */
function typeOf(source: Readonly<Record<string, unknown>>, format: string | undefined, report: Report): Schema {
  if (source['x-kubernetes-int-or-string'] === true || format === 'int-or-string') return { intOrString: true }
  const type = oneOf('type', TYPES, source, report)
  return type ? { type: type as SchemaType } : {}
}

/** Enumerated lists and mappings are not compared: nobody has them, and comparing them has no bound. */
function enumeration({ enum: values }: Readonly<Record<string, unknown>>, report: Report): Schema {
  if (values === undefined || values === null) return {}
  if (!Array.isArray(values)) {
    report.wrong(['enum'], mustBe('a list', values))
    return {}
  }
  if (!report.admit(values.length) || values.some((value) => typeof value === 'object' && value !== null)) return {}
  return { enum: values }
}

function names(keyword: string, source: Readonly<Record<string, unknown>>, report: Report) {
  const value = source[keyword]
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) {
    report.wrong([keyword], mustBe('a list', value))
    return undefined
  }
  const wrong = value.findIndex((name) => typeof name !== 'string')
  if (wrong !== -1) report.wrong([keyword, wrong], mustBe('a string', value[wrong]))
  return wrong === -1 && report.admit(value.length) ? value : undefined
}

function oneOf(
  keyword: string,
  allowed: readonly string[],
  source: Readonly<Record<string, unknown>>,
  report: Report,
): string | undefined {
  const value = source[keyword]
  if (value === undefined || value === null) return undefined
  if (typeof value === 'string' && allowed.includes(value)) return value
  report.wrong(
    [keyword],
    typeof value === 'string' ? `must be one of ${allowed.join(', ')}` : mustBe('a string', value),
  )
  return undefined
}

/** The fault of a wrong value in the words of the judge, so that the two say one thing once. */
export function mustBe(expected: string, value: unknown): string {
  return `must be ${expected}, but is ${describe(value, true)}`
}
