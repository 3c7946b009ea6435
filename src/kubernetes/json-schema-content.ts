import { nearest } from '../report/nearest.ts'
import type { PathStep } from '../yaml/locate.ts'
import { toFieldPath } from '../yaml/pointer.ts'
import type { JsonSchema, JsonSchemaNode } from './json-schema-node.ts'
import { matchesPattern } from './pattern.ts'
import type { SchemaProblem } from './problem.ts'

/** What of a value the schemas so far spoke about, for `unevaluatedProperties` and `unevaluatedItems`. */
export type Seen = Set<PathStep>

/** The judge, as far as it is needed to look into lists and mappings. */
export interface Judging {
  readonly path: readonly PathStep[]
  /** Counts work. */
  spend(steps: number): void
  check(value: unknown, schema: JsonSchema, seen?: Seen): void
  /** Whether a value is right by a schema that need not hold. */
  fits(value: unknown, schema: JsonSchema): boolean
  step(name: PathStep, then: () => void): void
  /** @param fault completes a sentence that starts with the path */
  say(rule: SchemaProblem['rule'], at: SchemaProblem['at'], fault: string, help?: string): void
}

/** Comparing a misspelt name with another one is this much more work than most steps. */
const COMPARISON = 10

type Mapping = Readonly<Record<string, unknown>>

export function checkMapping(value: Mapping, node: JsonSchemaNode, judging: Judging, seen: Seen | undefined): void {
  const { additionalProperties: others, propertyNames } = node
  for (const name of missing(value, node, judging)) {
    judging.say('schema/missing', 'key', `lacks the required field ${name}`)
  }
  for (const name of Object.keys(value)) {
    const schemas = schemasOf(name, node, judging)
    for (const schema of schemas) judging.step(name, () => checkField(value, name, schema, node, judging))
    if (schemas.length === 0 && others !== undefined) checkOther(value, name, others, node, judging)
    if (schemas.length > 0 || others !== undefined) seen?.add(name)
    if (propertyNames !== undefined && !judging.fits(name, propertyNames)) {
      judging.step(name, () => judging.say('schema/invalid', 'key', 'has a name its schema does not allow'))
    }
  }
  for (const [name, schema] of node.dependentSchemas ?? []) {
    if (Object.hasOwn(value, name)) judging.check(value, schema, seen)
  }
}

export function checkList(
  value: readonly unknown[],
  node: JsonSchemaNode,
  judging: Judging,
  seen: Seen | undefined,
): void {
  const { prefixItems = [], items, contains, minContains = 1, maxContains = value.length } = node
  for (let index = 0; index < value.length; index++) {
    const schema = prefixItems[index] ?? items
    if (schema === undefined) break
    judging.step(index, () => judging.check(value[index], schema))
    seen?.add(index)
  }
  if (contains === undefined) return
  const held = [...value.keys()].filter((index) => judging.fits(value[index], contains))
  for (const index of held) seen?.add(index)
  if (held.length < minContains) judging.say('schema/invalid', 'value', 'lacks an item that its schema demands')
  if (held.length > maxContains)
    judging.say('schema/invalid', 'value', `holds more than ${maxContains} items of a form`)
}

/** What no schema spoke about. */
export function checkUnevaluated(value: unknown, node: JsonSchemaNode, judging: Judging, seen: Seen): void {
  const { unevaluatedProperties: fields, unevaluatedItems: items } = node
  if (Array.isArray(value) && items !== undefined) {
    for (const index of value.keys()) {
      if (!seen.has(index)) judging.step(index, () => judging.check(value[index], items))
      seen.add(index)
    }
  }
  if (isMapping(value) && fields !== undefined) {
    for (const name of Object.keys(value)) {
      if (!seen.has(name)) checkOther(value, name, fields, node, judging)
      seen.add(name)
    }
  }
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function missing(value: Mapping, node: JsonSchemaNode, judging: Judging): readonly string[] {
  const dependent = [...(node.dependentRequired ?? [])].filter(([name]) => Object.hasOwn(value, name))
  const required = new Set([...(node.required ?? []), ...dependent.flatMap(([, names]) => names)])
  judging.spend(required.size)
  return [...required].filter((name) => !Object.hasOwn(value, name))
}

function schemasOf(name: string, node: JsonSchemaNode, judging: Judging): JsonSchema[] {
  const schemas: JsonSchema[] = []
  const property = node.properties?.get(name)
  if (property !== undefined) schemas.push(property)
  for (const [pattern, schema] of node.patternProperties ?? []) {
    judging.spend(name.length)
    if (matchesPattern(name, pattern)) schemas.push(schema)
  }
  return schemas
}

/** As in the API server, `null` stands for an absent optional field. */
function checkField(owner: Mapping, name: string, schema: JsonSchema, node: JsonSchemaNode, judging: Judging): void {
  if (owner[name] !== null || node.required?.includes(name)) judging.check(owner[name], schema)
}

/** A field that no schema names. */
function checkOther(owner: Mapping, name: string, schema: JsonSchema, node: JsonSchemaNode, judging: Judging): void {
  if (schema !== false) return judging.step(name, () => checkField(owner, name, schema, node, judging))
  judging.spend((node.properties?.size ?? 0) * COMPARISON)
  const close = nearest(name, node.properties?.keys() ?? [])
  const fault = `is unknown: ${toFieldPath(judging.path) || 'this kind'} has no field ${name}`
  judging.step(name, () => judging.say('schema/unknown-field', 'key', fault, close && `Did you mean ${close}?`))
}
