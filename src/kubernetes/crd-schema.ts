import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import { certain } from './crd-certainty.ts'
import { mustBe, readKeywords, repeatsIntOrString } from './crd-keywords.ts'
import type { SchemaProblem } from './problem.ts'
import { isRecord } from './resource.ts'
import type { Schema } from './schema.ts'

/** Caps on the schemas of one CustomResourceDefinition. etcd holds none that comes near them. */
export interface CrdLimits {
  /** Schemas of all versions together, with the values of their enumerations. */
  nodes: number
  /** Schemas within each other. */
  depth: number
}

export const DEFAULT_CRD_LIMITS: CrdLimits = { nodes: 100_000, depth: 100 }

export interface CrdSchemaReader {
  /** The schema of one version. Where none is stated, anything goes; `undefined` where a limit is exceeded. */
  read(value: unknown, path: readonly PathStep[], preserveAll: boolean): Schema | undefined
  readonly problems: readonly SchemaProblem[]
}

type Source = Readonly<Record<string, unknown>>
/** Structure says which fields there are; what stands in `allOf` and the like only restricts their values. */
type Role = 'structure' | 'values'

const ANYTHING: Schema = { preserveUnknown: true }
const TEXT: Schema = { type: 'string' }
const UNFOLLOWED = 'is refused by the API server: write out the schema it refers to'
/** Faults in parts that a definition shares repeat without end, and no one reads them all. */
const MOST_PROBLEMS = 100
const NO_FIELDS: ReadonlyMap<string, Schema> = new Map()

/** Reads the `openAPIV3Schema`s of one CustomResourceDefinition, all within the same limits. */
export function createCrdSchemaReader(objectMeta: Schema, limits: CrdLimits): CrdSchemaReader {
  const problems: SchemaProblem[] = []
  const defaulted = new Set<Schema>()
  let path: PathStep[] = []
  let preserveAll = false
  let nodes = 0
  let depth = 0
  let exceeded = false

  function read(value: unknown, at: readonly PathStep[], preserve: boolean): Schema | undefined {
    path = [...at]
    preserveAll = preserve
    const schema = isGiven(value) ? schemaOf(value, 'structure') : ANYTHING
    if (exceeded) return undefined
    return asResource(schema.type ? schema : { ...schema, ...ANYTHING, type: 'object' })
  }

  /** @param kept unknown fields are kept here, because the list around says so */
  function schemaOf(value: unknown, role: Role, kept = false): Schema {
    if (!admit(1)) return ANYTHING
    if (!isRecord(value)) return refuse(mustBe('a mapping', value))
    if (isGiven(value.$ref)) return step(['$ref'], () => refuse(UNFOLLOWED))
    depth++
    const keywords = readKeywords(value, { wrong: refuseAt, admit })
    const keeps = kept || value['x-kubernetes-preserve-unknown-fields'] === true
    const whole = { ...keywords, ...fields(value, role, keeps), ...combinations(value, keywords) }
    depth--
    const sure = certain(whole, hasDefault)
    const schema = role === 'structure' ? embedded(closed(sure, keeps), value) : sure
    if (value.default !== undefined) defaulted.add(schema)
    return schema
  }

  function hasDefault(schema: Schema | undefined): boolean {
    return schema !== undefined && defaulted.has(schema)
  }

  function fields({ properties, additionalProperties: others, items }: Source, role: Role, keeps: boolean): Schema {
    return {
      ...(isGiven(properties) && { properties: step(['properties'], () => fieldsOf(properties, role)) }),
      ...(others === true && { additionalProperties: true }),
      ...(isGiven(others) &&
        typeof others !== 'boolean' && {
          additionalProperties: step(['additionalProperties'], () => schemaOf(others, role)),
        }),
      ...(isGiven(items) && { items: step(['items'], () => schemaOf(items, role, keeps)) }),
    }
  }

  function fieldsOf(properties: unknown, role: Role): ReadonlyMap<string, Schema> {
    if (isRecord(properties)) {
      return new Map(
        Object.keys(properties).map((name) => [name, step([name], () => schemaOf(properties[name], role))]),
      )
    }
    refuse(mustBe('a mapping', properties))
    return NO_FIELDS
  }

  function combinations(source: Source, { intOrString }: Schema): Schema {
    const listed = (['allOf', 'anyOf', 'oneOf'] as const).flatMap((keyword) => {
      const parts = source[keyword]
      if (!isGiven(parts) || (intOrString && repeatsIntOrString(parts))) return []
      return [[keyword, step([keyword], () => alternatives(parts))]]
    })
    const { not } = source
    return {
      ...Object.fromEntries(listed),
      ...(isGiven(not) && { not: step(['not'], () => schemaOf(not, 'values')) }),
    }
  }

  function alternatives(parts: unknown): readonly Schema[] | undefined {
    if (Array.isArray(parts)) return parts.map((part, index) => step([index], () => schemaOf(part, 'values')))
    refuse(mustBe('a list', parts))
    return undefined
  }

  /** The API server drops every field that is not stated, so an object is closed unless it says otherwise. */
  function closed(schema: Schema, keeps: boolean): Schema {
    if (keeps || preserveAll) return { ...schema, preserveUnknown: true }
    const open = schema.type !== 'object' || schema.properties || schema.additionalProperties
    return open ? schema : { ...schema, properties: NO_FIELDS }
  }

  function embedded(schema: Schema, source: Source): Schema {
    if (source['x-kubernetes-embedded-resource'] !== true) return schema
    const required = [...new Set([...(schema.required ?? []), 'apiVersion', 'kind'])]
    return { ...asResource(schema), embeddedResource: true, required }
  }

  /** `apiVersion`, `kind` and `metadata` are the API server's own; a definition can only restrict them further. */
  function asResource(schema: Schema): Schema {
    const stated = schema.properties?.get('metadata')
    const metadata = stated?.properties?.size ? { ...objectMeta, allOf: [stated] } : objectMeta
    const properties = new Map(schema.properties)
    properties.set('apiVersion', TEXT).set('kind', TEXT).set('metadata', metadata)
    return { ...schema, properties }
  }

  /** Nodes are counted before they are made: a schema of shared parts must stay as small as its text. */
  function admit(count: number): boolean {
    nodes += count
    if (exceeded || (nodes <= limits.nodes && depth < limits.depth)) return !exceeded
    exceeded = true
    const limit = nodes > limits.nodes ? `crd-nodes (${limits.nodes})` : `crd-depth (${limits.depth})`
    say('yaml/limit', `The schema exceeds the limit ${limit}, so nothing can be judged by it; simplify it.`)
    return false
  }

  function refuseAt(steps: readonly PathStep[], fault: string): void {
    step(steps, () => refuse(fault))
  }

  function refuse(fault: string): Schema {
    if (problems.length < MOST_PROBLEMS) say('schema/invalid', `${toFieldPath(path)} ${fault}.`)
    return ANYTHING
  }

  function say(rule: SchemaProblem['rule'], message: string): void {
    problems.push({ rule, path: [...path], at: 'value', message })
  }

  function step<Result>(steps: readonly PathStep[], then: () => Result): Result {
    path.push(...steps)
    const result = then()
    path.length -= steps.length
    return result
  }

  return { read, problems }
}

/** An empty keyword (`pattern:`) is an absent one. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}
