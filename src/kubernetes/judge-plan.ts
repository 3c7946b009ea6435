import type { Schema, SchemaType } from './schema.ts'

/** What kind of value a schema takes, with all that `judge` asks before the type decided. */
export type PlanType = SchemaType | 'any' | 'quantity' | 'intOrString'

/**
 * A schema as the quick judge walks it. Schemas come from several makers in dozens of shapes, which makes every access
 * to one slow; a plan has one shape.
 */
export class Plan {
  readonly schema: Schema
  readonly type: PlanType
  /** A null among list items or map values is refused. */
  readonly refusesNullEntry: boolean
  readonly required: readonly string[]
  /** Fields that no schema names are fine. */
  readonly isOpen: boolean
  readonly isEmbedded: boolean
  /** Items are compared with one another. */
  readonly hasListKeys: boolean
  /** There is more to check than type and fields: format, enumeration, bounds, pattern. */
  readonly isRuled: boolean
  readonly isCombined: boolean
  #properties: ReadonlyMap<string, Plan> | undefined
  #entries: Plan | undefined
  #items: Plan | undefined
  #isExpanded = false

  constructor(schema: Schema) {
    this.schema = schema
    this.type = schema.quantity ? 'quantity' : schema.intOrString ? 'intOrString' : (schema.type ?? 'any')
    this.refusesNullEntry = (schema.type === 'object' || schema.type === 'array') && !schema.nullable
    this.required = schema.required ?? []
    this.isOpen = schema.additionalProperties === true || schema.preserveUnknown === true
    this.isEmbedded = schema.embeddedResource === true
    this.hasListKeys = schema.listType === 'map' || schema.listType === 'set'
    this.isRuled = RULES.some((keyword) => schema[keyword] !== undefined)
    this.isCombined = COMBINATIONS.some((keyword) => schema[keyword] !== undefined)
  }

  get properties(): ReadonlyMap<string, Plan> | undefined {
    if (!this.#isExpanded) this.#expand()
    return this.#properties
  }

  /** Of map values that no property names. */
  get entries(): Plan | undefined {
    if (!this.#isExpanded) this.#expand()
    return this.#entries
  }

  get items(): Plan | undefined {
    if (!this.#isExpanded) this.#expand()
    return this.#items
  }

  /** Only when asked: schemas may lead back to themselves. */
  #expand(): void {
    const { properties, additionalProperties, items } = this.schema
    this.#properties = properties && new Map([...properties].map(([name, schema]) => [name, planOf(schema)]))
    this.#entries = typeof additionalProperties === 'object' ? planOf(additionalProperties) : undefined
    this.#items = items && planOf(items)
    this.#isExpanded = true
  }
}

const RULES = [
  'format',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
] as const

const COMBINATIONS = ['allOf', 'anyOf', 'oneOf', 'not'] as const

const plans = new WeakMap<Schema, Plan>()

export function planOf(schema: Schema): Plan {
  const known = plans.get(schema)
  if (known) return known
  const plan = new Plan(schema)
  plans.set(schema, plan)
  return plan
}
