import ts from 'typescript'
import { listKeys } from './list-keys.mjs'

/** What these names stand for is known better than their declarations tell. */
const KNOWN = {
  IFieldsV1: 'object',
  IIntOrString: 'IntOrString',
  IJSON: 'any',
  IMicroTime: 'date-time',
  IQuantity: 'Quantity',
  IRawExtension: 'object',
  ITime: 'date-time',
}

/** Kubernetes' own types: a CRD repeats their fields, but not their enumerations. */
const CORE = /\/node_modules\/kubernetes-models\//

/**
 * Turns declarations into models. Types are read as they are written; the checker only finds what a name refers to.
 *
 * @param {ts.TypeChecker} checker
 * @returns `models`, which grow as `read(interface)` answers their positions
 */
export function createReader(checker) {
  const models = []
  const positions = new Map()
  const underway = new Set()

  /** Equal content is one model. */
  function keep(content) {
    const text = JSON.stringify(content)
    if (!positions.has(text)) positions.set(text, models.push(content) - 1)
    return String(positions.get(text))
  }

  /** A type within itself is left open: the packages have none that matters. */
  function read(declaration) {
    if (underway.has(declaration)) return 'any'
    underway.add(declaration)
    const name = declaration.name.text.replace(/^I/, '')
    const result = ts.isTypeAliasDeclaration(declaration)
      ? type(declaration.type)
      : object(membersOf(declaration), name)
    underway.delete(declaration)
    return result
  }

  function type(node) {
    if (ts.isTypeReferenceNode(node)) return reference(node)
    if (ts.isTypeLiteralNode(node)) return object([...node.members], '')
    if (ts.isUnionTypeNode(node)) return union(node.types)
    if (ts.isLiteralTypeNode(node)) return union([node])
    if (ts.isIntersectionTypeNode(node)) return intersection(node)
    return { string: 'string', number: 'number', boolean: 'boolean' }[node.getText()] ?? 'any'
  }

  function reference(node) {
    if (node.typeName.text === 'Array') return `[${type(node.typeArguments[0])}]`
    const declaration = declarationOf(node.typeName)
    return KNOWN[declaration.name.text] ?? read(declaration)
  }

  function object(members, name) {
    const properties = members.filter(ts.isPropertySignature)
    const index = members.find(ts.isIndexSignatureDeclaration)
    if (properties.length === 0) return index ? `{${type(index.type)}}` : 'any'
    if (index) return 'object'
    const isKind = nameKind(members) !== undefined
    const content = properties.map((one) =>
      isKind && isTypeMeta(one) ? [one.name.text, 'string'] : property(one, name),
    )
    return keep(Object.fromEntries(content.sort(([a], [b]) => (a < b ? -1 : 1))))
  }

  function property(node, owner) {
    const name = node.name.text
    const keys = listKeys(owner, name)
    return [name, `${node.questionToken ? '' : '!'}${type(node.type)}${keys ? `#${keys.join(',')}` : ''}`]
  }

  function union(types) {
    if (!types.every(ts.isLiteralTypeNode)) {
      return types.map(type).sort().join() === 'number,string' ? 'IntOrString' : 'any'
    }
    return CORE.test(types[0].getSourceFile().fileName) ? 'string' : keep(types.map(literal))
  }

  /** What stands beside the object are alternatives within it (`oneOf` of required fields). */
  function intersection(node) {
    const members = node.types.filter(ts.isTypeLiteralNode).flatMap((part) => [...part.members])
    return members.length > 0 ? object(members, '') : 'any'
  }

  /** Go's embedded structs are `extends` here; their fields are the kind's own. */
  function membersOf(declaration) {
    if (ts.isTypeAliasDeclaration(declaration)) return membersOf(declarationOf(declaration.type.typeName))
    const bases = declaration.heritageClauses?.flatMap((clause) => [...clause.types]) ?? []
    const inherited = bases
      .filter(({ expression }) => expression.text !== 'TypeMeta')
      .flatMap(({ expression }) => membersOf(declarationOf(expression)))
    return [...inherited, ...declaration.members]
  }

  function declarationOf(name) {
    const named = checker.getSymbolAtLocation(name)
    const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named
    const found = symbol?.declarations?.find((one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one))
    if (!found) throw new Error(`${name.getSourceFile().fileName}: ${name.getText()} leads nowhere.`)
    return found
  }

  return { models, read }
}

/** A kind says its apiVersion and kind as literals. */
export function nameKind(members) {
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((name) => {
    const member = members.find((one) => one.name?.text === name)
    return member?.type && ts.isLiteralTypeNode(member.type) ? member.type.literal.text : undefined
  })
  return apiVersion && kind ? { apiVersion, kind } : undefined
}

function isTypeMeta(property) {
  return property.name.text === 'apiVersion' || property.name.text === 'kind'
}

function literal({ literal: value }) {
  return ts.isStringLiteral(value) ? value.text : JSON.parse(value.getText())
}
