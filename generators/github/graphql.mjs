import { assertValidSchema, buildSchema, Kind, parse, print, visit } from 'graphql'
import { FIELDS, WHOLE } from './fields.mjs'

const NAMED = [Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION]

/** The types and fields of `FIELDS` with the inputs, enumerations and scalars they need, without prose. */
export function reduceSdl(sdl) {
  const document = visit(parse(sdl), { enter: withoutProse })
  const types = new Map(document.definitions.filter(({ name }) => name).map((each) => [each.name.value, each]))
  const wanted = reach(types)
  const definitions = [...types.entries()]
    .filter(([name]) => wanted.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => prune(each, wanted))
  const reduced = `${definitions.map(print).join('\n\n')}\n`
  assertValidSchema(buildSchema(reduced))
  return reduced
}

function withoutProse(node) {
  if (node.kind === Kind.STRING && node.block) return undefined
  if (!('description' in node) && !node.directives?.length) return undefined
  return { ...node, description: undefined, directives: [] }
}

const wordsOf = (type) => FIELDS[type].trim().split(/\s+/)
const leaf = (type) => (type.kind === Kind.NAMED_TYPE ? type.name.value : leaf(type.type))
const isComposite = ({ kind }) => [...NAMED, Kind.UNION_TYPE_DEFINITION].includes(kind)

/** The names of all types that stay. */
function reach(types) {
  const wanted = new Set()
  const add = (name) => {
    const type = types.get(name)
    if (!type || wanted.has(name) || !isAnswerable(types, name)) return
    wanted.add(name)
    for (const field of fieldsOf(type)) {
      if (!isAnswerable(types, leaf(field.type))) {
        if (FIELDS[name]) throw new Error(`fields.mjs: ${name}.${field.name.value} needs ${leaf(field.type)}`)
        continue
      }
      add(leaf(field.type))
      for (const argument of field.arguments ?? []) add(leaf(argument.type))
    }
    for (const member of type.types ?? []) add(member.name.value)
  }
  for (const name of Object.keys(FIELDS)) {
    if (!types.has(name)) throw new Error(`fields.mjs: GitHub has no type ${name}`)
    add(name)
  }
  return wanted
}

/** A type that objects can be of: one we list, a page or an answer, or a union with a member that we list. */
function isAnswerable(types, name) {
  const type = types.get(name)
  if (!type || !isComposite(type)) return true
  if (type.kind === Kind.UNION_TYPE_DEFINITION) return type.types.some((member) => FIELDS[member.name.value])
  return FIELDS[name] !== undefined || WHOLE.test(name)
}

function fieldsOf(type) {
  const fields = type.fields ?? []
  if (!FIELDS[type.name.value]) return fields
  return wordsOf(type.name.value).map((word) => {
    const field = fields.find(({ name }) => name.value === word)
    if (!field) throw new Error(`fields.mjs: GitHub has no ${type.name.value}.${word}`)
    return field
  })
}

function prune(type, wanted) {
  const stays = (field) => wanted.has(leaf(field.type)) || BUILT_IN.includes(leaf(field.type))
  return {
    ...type,
    ...(type.fields && { fields: fieldsOf(type).filter(stays) }),
    ...(type.interfaces && { interfaces: type.interfaces.filter(({ name }) => wanted.has(name.value)) }),
    ...(type.kind === Kind.UNION_TYPE_DEFINITION && { types: type.types.filter(({ name }) => wanted.has(name.value)) }),
  }
}

const BUILT_IN = ['Boolean', 'Float', 'ID', 'Int', 'String']
