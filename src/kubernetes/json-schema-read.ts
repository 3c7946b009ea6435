import type { PathStep } from '../yaml/locate.ts'
import { toPointer } from '../yaml/pointer.ts'
import { type Part, readKeywords, requirePattern, type Source } from './json-schema-keywords.ts'
import { type JsonSchema, type JsonSchemaNode, type JsonSchemaReference, UnusableSchema } from './json-schema-node.ts'
import { isRecord } from './resource.ts'

/** Caps on one schema with all that it refers to. */
export interface JsonSchemaLimits {
  nodes: number
  depth: number
}

/** The largest schemas of public catalogs have some ten thousand nodes. */
export const DEFAULT_JSON_SCHEMA_LIMITS: JsonSchemaLimits = { nodes: 200_000, depth: 100 }

export interface JsonSchemaReader {
  /**
   * @param place where the value stands
   * @param refer what a `$ref` in it refers to
   * @throws UnusableSchema
   */
  read(value: unknown, place: JsonSchemaReference, refer: (reference: string) => JsonSchemaReference): JsonSchema
}

const SCHEMAS = [
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'unevaluatedItems',
  'contains',
  'not',
  'if',
  'then',
  'else',
]
const LISTS = ['prefixItems', 'allOf', 'anyOf', 'oneOf']
const MAPS = ['properties', 'patternProperties', 'dependentSchemas']
/** Where these lead depends on how a schema was reached; no catalog has them. */
const UNFOLLOWED = ['$dynamicRef', '$recursiveRef']

/**
 * Reads parsed JSON into schemas, all within the same limits. What is no keyword is passed over, as by every JSON
 * Schema validator; a keyword of the wrong form makes the schema unusable, because half of it would pass too much.
 */
export function createJsonSchemaReader(limits: JsonSchemaLimits): JsonSchemaReader {
  let file = ''
  let path: PathStep[] = []
  let refer: (reference: string) => JsonSchemaReference
  let nodes = 0
  let depth = 0

  function schemaOf(value: unknown): JsonSchema {
    if (typeof value === 'boolean') return value
    if (!isRecord(value)) unusable([], 'is no schema')
    if (++nodes > limits.nodes) unusable([], `exceeds the limit schema-nodes (${limits.nodes})`)
    if (++depth > limits.depth) unusable([], `exceeds the limit schema-depth (${limits.depth})`)
    const unfollowed = UNFOLLOWED.find((keyword) => value[keyword] !== undefined)
    if (unfollowed) unusable([unfollowed], 'is not followed')
    const node = {
      ...readKeywords(value, unusable),
      ...reference(value),
      ...inner(value),
      ...items(value),
      ...open(value),
    }
    depth--
    return node as JsonSchemaNode
  }

  function reference({ $ref }: Source): Part {
    if ($ref === undefined) return {}
    return typeof $ref === 'string' ? { reference: refer($ref) } : unusable(['$ref'], 'is no string')
  }

  function inner(source: Source): Part {
    const given = (keyword: string) => source[keyword] !== undefined
    const part: Part = Object.fromEntries([
      ...SCHEMAS.filter(given).map((keyword) => [keyword, step(keyword, () => schemaOf(source[keyword]))]),
      ...LISTS.filter(given).map((keyword) => [keyword, step(keyword, () => schemasOf(source[keyword]))]),
      ...MAPS.filter(given).map((keyword) => [keyword, step(keyword, () => mapOf(source[keyword]))]),
    ])
    if (isRecord(source.patternProperties)) {
      for (const pattern of Object.keys(source.patternProperties)) {
        requirePattern(pattern, ['patternProperties', pattern], unusable)
      }
    }
    return isRecord(source.dependencies) ? { ...part, dependentSchemas: dependent(source.dependencies) } : part
  }

  /** Before 2020, a list of `items` was what `prefixItems` is now, and `additionalItems` the rest. */
  function items({ items, additionalItems }: Source): Part {
    if (items === undefined) return {}
    if (!Array.isArray(items)) return { items: step('items', () => schemaOf(items)) }
    const prefixItems = step('items', () => schemasOf(items))
    if (additionalItems === undefined) return { prefixItems }
    return { prefixItems, items: step('additionalItems', () => schemaOf(additionalItems)) }
  }

  /** The converter of CRDs that most catalogs are made with closes even objects that keep unknown fields. */
  function open(source: Source): Part {
    const keeps = source['x-kubernetes-preserve-unknown-fields'] === true
    return keeps && source.additionalProperties === false ? { additionalProperties: true } : {}
  }

  function dependent(dependencies: Source): ReadonlyMap<string, JsonSchema> {
    const names = Object.keys(dependencies).filter((name) => !Array.isArray(dependencies[name]))
    return new Map(
      names.map((name) => [name, step('dependencies', () => step(name, () => schemaOf(dependencies[name])))]),
    )
  }

  function schemasOf(value: unknown): readonly JsonSchema[] {
    if (!Array.isArray(value)) unusable([], 'is no list')
    return value.map((each, index) => step(index, () => schemaOf(each)))
  }

  function mapOf(value: unknown): ReadonlyMap<string, JsonSchema> {
    if (!isRecord(value)) unusable([], 'is no mapping')
    return new Map(Object.keys(value).map((name) => [name, step(name, () => schemaOf(value[name]))]))
  }

  function step<Result>(name: PathStep, then: () => Result): Result {
    path.push(name)
    const result = then()
    path.pop()
    return result
  }

  function unusable(steps: readonly PathStep[], fault: string): never {
    throw new UnusableSchema(file, toPointer([...path, ...steps]), fault)
  }

  return {
    read(value, place, resolve) {
      file = place.file
      path = [...place.steps]
      refer = resolve
      return schemaOf(value)
    },
  }
}
