import type { SchemaType } from './schema.ts'

/** A JSON Schema as it is judged by: what the drafts from 4 to 2020-12 and OpenAPI 3.0 spell differently is one here. */
export type JsonSchema = boolean | JsonSchemaNode

export interface JsonSchemaNode {
  readonly reference?: JsonSchemaReference
  readonly types?: readonly JsonType[]
  /** `const` is an enumeration of one. */
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly required?: readonly string[]
  readonly properties?: ReadonlyMap<string, JsonSchema>
  readonly patternProperties?: ReadonlyMap<string, JsonSchema>
  readonly additionalProperties?: JsonSchema
  readonly unevaluatedProperties?: JsonSchema
  readonly propertyNames?: JsonSchema
  readonly dependentRequired?: ReadonlyMap<string, readonly string[]>
  readonly dependentSchemas?: ReadonlyMap<string, JsonSchema>
  readonly minProperties?: number
  readonly maxProperties?: number
  /** The first items, one by one; `items` is for those after them. */
  readonly prefixItems?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly unevaluatedItems?: JsonSchema
  readonly contains?: JsonSchema
  readonly minContains?: number
  readonly maxContains?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly allOf?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly not?: JsonSchema
  readonly if?: JsonSchema
  readonly then?: JsonSchema
  readonly else?: JsonSchema
}

export type JsonType = SchemaType | 'null'

/** A `$ref`; its target is there once the whole schema was opened, and may lie around the reference itself. */
export interface JsonSchemaReference {
  readonly file: string
  /** JSON Pointer, unescaped. */
  readonly steps: readonly string[]
  target?: JsonSchema
}

/** A schema nothing can be judged by. The message is the fault; it completes a sentence that starts with the place. */
export class UnusableSchema extends Error {
  override readonly name = 'UnusableSchema'
  readonly file: string
  /** JSON Pointer to the keyword at fault, where it is one. */
  readonly pointer: string

  constructor(file: string, pointer: string, fault: string) {
    super(fault)
    this.file = file
    this.pointer = pointer
  }
}
