import { listKeys } from './list-keys.mjs'
import { isQuantity } from './quantities.mjs'

/**
 * The catalog writes the type of a property as one word; `src/kubernetes/catalog-type.ts` reads it:
 * `string`, `[Container]#name`, `{Quantity}`, with `!` before it where the property is required.
 *
 * @param {string} model the class the property belongs to
 * @param {import('./client-node.mjs').Property} property
 */
export function expression(model, property) {
  const plain = model.replace(/^(?:[A-Z][a-z]+)?V\d+(?:(?:alpha|beta)\d+)?(?=[A-Z])/, '')
  const keys = listKeys(plain, property.name)
  const quantity = isQuantity(plain, property.name)
  const type = convert(property.type, (leaf) => leafType(plain, { ...property, type: leaf }, quantity))
  return `${property.required ? '!' : ''}${type}${keys ? `#${keys.join(',')}` : ''}`
}

function convert(type, leaf) {
  const list = /^Array<(.+)>$/.exec(type)
  if (list) return `[${convert(list[1], leaf)}]`
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)
  if (map) return `{${convert(map[1], leaf)}}`
  return leaf(type)
}

/** Only JSONSchemaProps holds bare JSON and fractions; elsewhere `any` is a RawExtension, and numbers are integers. */
function leafType(model, { name, type, format }, quantity) {
  const schema = model === 'JSONSchemaProps'
  if (type === 'string') return quantity ? 'Quantity' : format || 'string'
  if (type === 'Date' || type === 'V1MicroTime') return 'date-time'
  if (type === 'any' || type === 'object') return schema ? 'any' : 'object'
  if (type !== 'number') return type
  if (format) return format
  return schema && ['maximum', 'minimum', 'multipleOf'].includes(name) ? 'double' : 'integer'
}
