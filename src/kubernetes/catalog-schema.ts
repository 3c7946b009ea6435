import type { Schema } from './schema.ts'

/** One object type of a catalog: its properties and their types. A list stands for the values of an enumeration. */
export type CatalogModel = Readonly<Record<string, string>> | readonly unknown[]

/** What a type that is no model means. `object` has content of any form, `any` may even be no object. */
const LEAVES: Readonly<Record<string, Schema>> = {
  any: { preserveUnknown: true },
  boolean: { type: 'boolean' },
  byte: { type: 'string', format: 'byte' },
  'date-time': { type: 'string', format: 'date-time' },
  double: { type: 'number', format: 'double' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  integer: { type: 'integer' },
  IntOrString: { intOrString: true },
  number: { type: 'number' },
  object: { type: 'object', preserveUnknown: true },
  Quantity: { quantity: true },
  string: { type: 'string' },
}

/**
 * Makes schemas of the types a catalog writes: `string`, `Model`, `[Model]` (a list), `{Model}` (a map),
 * `[Model]#name,protocol` (a list keyed by fields; without fields a set), each with `!` before it where required.
 * A type is expanded once and shared; a model's properties are read when somebody asks, so models may refer to
 * themselves.
 *
 * @param readModel the content of a model; a name it does not know is an error of the catalog
 */
export function createSchemas(readModel: (name: string) => CatalogModel | undefined): (type: string) => Schema {
  const known = new Map<string, Schema>(Object.entries(LEAVES))

  function schemaOf(type: string): Schema {
    const found = known.get(type) ?? expand(type)
    known.set(type, found)
    return found
  }

  function expand(type: string): Schema {
    if (type.startsWith('[')) return listOf(type)
    if (type.startsWith('{')) return { type: 'object', additionalProperties: schemaOf(type.slice(1, -1)) }
    const model = readModel(type)
    if (!model) throw new Error(`The schema catalog lacks the type ${type}; rebuild it with npm run catalog.`)
    return isEnumeration(model) ? enumeration(model) : objectOf(model, schemaOf)
  }

  function listOf(type: string): Schema {
    const end = type.lastIndexOf(']')
    const list: Schema = { type: 'array', items: schemaOf(type.slice(1, end)) }
    if (end === type.length - 1) return list
    const listKeys = type.slice(end + 2)
    return listKeys === '' ? { ...list, listType: 'set' } : { ...list, listType: 'map', listKeys: listKeys.split(',') }
  }

  return schemaOf
}

function isEnumeration(model: CatalogModel): model is readonly unknown[] {
  return Array.isArray(model)
}

function enumeration(values: readonly unknown[]): Schema {
  return values.every((value) => typeof value === 'string') ? { type: 'string', enum: values } : { enum: values }
}

function objectOf(model: Readonly<Record<string, string>>, schemaOf: (type: string) => Schema): Schema {
  let properties: ReadonlyMap<string, Schema> | undefined
  return {
    type: 'object',
    get properties() {
      properties ??= new Map(Object.entries(model).map(([name, type]) => [name, schemaOf(type.replace(/^!/, ''))]))
      return properties
    },
    required: Object.keys(model).filter((name) => model[name]?.startsWith('!')),
  }
}
