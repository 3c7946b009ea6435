import type { Schema } from './schema.ts'

/** The formats `checkFormat` decides on. */
const CHECKED_FORMATS = new Set(['int32', 'int64', 'byte', 'date-time'])

/**
 * The API server fills in defaults before it validates, and it knows more formats than are checked here. What a schema
 * demands of such values is left out, so that nothing is refused that it accepts.
 */
export function certain(schema: Schema, hasDefault: (schema: Schema | undefined) => boolean): Schema {
  const leans = (part: Schema) => leansOnDefault(part, schema, hasDefault)
  const { required, allOf, anyOf, oneOf, not } = schema
  if (!required && restrictions(schema).length === 0) return schema
  return {
    ...schema,
    ...(required && { required: required.filter((name) => !hasDefault(schema.properties?.get(name))) }),
    ...(allOf && { allOf: allOf.filter((part) => !leans(part)) }),
    ...(anyOf?.some(leans) && { anyOf: undefined }),
    ...(oneOf?.some((part) => leans(part) || leansOnFormat(part)) && { oneOf: undefined }),
    ...(not && (leans(not) || leansOnFormat(not)) && { not: undefined }),
  }
}

/** Whether a restriction of `whole` speaks of a field that is filled in where it is absent. */
function leansOnDefault(
  part: Schema,
  whole: Schema | undefined,
  hasDefault: (schema: Schema | undefined) => boolean,
): boolean {
  if (!whole) return false
  const leans = (inner: Schema | true | undefined, outer: Schema | true | undefined): boolean =>
    typeof inner === 'object' && typeof outer === 'object' && leansOnDefault(inner, outer, hasDefault)
  const isDefault = (name: string) => hasDefault(whole.properties?.get(name))
  return (
    (part.required?.some(isDefault) ?? false) ||
    [...(part.properties ?? [])].some(
      ([name, inner]) => isDefault(name) || leans(inner, whole.properties?.get(name)),
    ) ||
    leans(part.items, whole.items) ||
    leans(part.additionalProperties, whole.additionalProperties) ||
    restrictions(part).some((inner) => leans(inner, whole))
  )
}

/** A value of an unchecked format seems right, which `not` and `oneOf` turn into wrong. */
function leansOnFormat(part: Schema): boolean {
  if (part.format && !CHECKED_FORMATS.has(part.format)) return true
  const { items, additionalProperties: others } = part
  const inner = [...(part.properties?.values() ?? []), ...(items ? [items] : []), ...restrictions(part)]
  return inner.some(leansOnFormat) || (typeof others === 'object' && leansOnFormat(others))
}

function restrictions({ allOf = [], anyOf = [], oneOf = [], not }: Schema): readonly Schema[] {
  return [...allOf, ...anyOf, ...oneOf, ...(not ? [not] : [])]
}
