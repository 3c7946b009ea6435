/** What of an OpenAPI 3.0 schema decides whether a value is valid; the rest is prose. */
const KEPT = [
  '$ref',
  'additionalProperties',
  'allOf',
  'anyOf',
  'enum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'oneOf',
  'pattern',
  'properties',
  'required',
  'type',
]
const FORMATS = ['date', 'date-time', 'uri']

/**
 * The same schema as JSON Schema draft 7: `nullable` becomes a type, objects that list their properties take no others
 * (`open`: a member of `allOf`, which must let pass what its siblings describe).
 */
export function toJsonSchema(schema, open = false) {
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = {}
  for (const keyword of KEPT) {
    if (schema[keyword] !== undefined) kept[keyword] = convert(keyword, schema[keyword], open)
  }
  if (kept.format && !FORMATS.includes(kept.format)) delete kept.format
  if (isClosed(schema) && !open) kept.additionalProperties = false
  return schema.nullable ? withNull(kept) : kept
}

function convert(keyword, value, open) {
  switch (keyword) {
    case 'properties':
      return Object.fromEntries(sorted(value).map(([name, schema]) => [name, toJsonSchema(schema)]))
    case 'items':
    case 'additionalProperties':
      return toJsonSchema(value)
    case 'allOf':
      return value.map((schema) => toJsonSchema(schema, true))
    case 'anyOf':
    case 'oneOf':
      return value.map((schema) => toJsonSchema(schema, open))
    case '$ref':
      return value.replace('#/components/schemas/', '#/definitions/') + (open ? OPEN : '')
    default:
      return value
  }
}

/** A schema that is met inside `allOf` and elsewhere exists twice: closed under its name, open under its name and this. */
export const OPEN = '~open'

function isClosed({ properties, additionalProperties, allOf, anyOf, oneOf }) {
  const composed = [allOf, anyOf, oneOf].some((members) => members?.some((member) => member.properties || member.$ref))
  return properties !== undefined && additionalProperties === undefined && !composed
}

function withNull({ type, enum: values, ...rest }) {
  const only = { type: 'null' }
  if (type === undefined) return { anyOf: [{ ...(values && { enum: values }), ...rest }, only] }
  return { ...rest, type: [type, 'null'], ...(values && { enum: [...new Set([...values, null])] }) }
}

export const sorted = (record) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
