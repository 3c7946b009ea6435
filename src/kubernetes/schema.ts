/**
 * A structural schema: the subset of OpenAPI v3 that Kubernetes itself uses for built-in kinds and CRDs.
 * The catalog and every CRD are read into this one shape, and one interpreter judges by it. Nothing is compiled,
 * so a schema from a pull request is only ever data. Models may refer to each other (JSONSchemaProps does to
 * itself), therefore a catalog may answer `properties`, `items` and `additionalProperties` through getters.
 */
export interface Schema {
  readonly type?: SchemaType
  readonly format?: string
  readonly properties?: ReadonlyMap<string, Schema>
  /** Schema of the values of a map, or `true` for anything. Absent beside `properties`: the object is closed. */
  readonly additionalProperties?: Schema | true
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
  /** `x-kubernetes-int-or-string`, or upstream's IntOrString. */
  readonly intOrString?: true
  /** A resource.Quantity: a string or a number. */
  readonly quantity?: true
  /** `x-kubernetes-preserve-unknown-fields`: unknown fields are kept, so they are no finding. */
  readonly preserveUnknown?: true
  /** `x-kubernetes-embedded-resource`: apiVersion, kind and metadata are implied. */
  readonly embeddedResource?: true
  readonly listType?: 'atomic' | 'set' | 'map'
  readonly listKeys?: readonly string[]
}

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'

/** A kind as one Kubernetes minor (or a CRD) serves it. */
export interface ServedKind {
  schema: Schema
  scope: 'Namespaced' | 'Cluster'
}
