import type { Schema } from '../../src/kubernetes/schema.ts'

/** Follows a schema everywhere it leads, so that everything lazy in it is made. */
export function everySchema(schema: Schema, known: Set<Schema>): void {
  if (known.has(schema)) return
  known.add(schema)
  const { properties, items, additionalProperties } = schema
  for (const property of properties?.values() ?? []) everySchema(property, known)
  if (items) everySchema(items, known)
  if (additionalProperties && additionalProperties !== true) everySchema(additionalProperties, known)
}
