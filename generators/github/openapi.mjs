import { OPEN, sorted, toJsonSchema } from './schema.mjs'

const JSON_BODY = 'application/json'

/** The named operations of an OpenAPI document with the schemas they reach, without prose. */
export function reduceOpenApi(document, names) {
  const found = Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    )
    .filter(({ operationId }) => names.includes(operationId))
    // compare-commits is described a second time under a path that only differs in how it is written.
    .sort((a, b) => (a.operationId < b.operationId ? -1 : 1))
  const absent = names.filter((name) => !found.some(({ operationId }) => operationId === name))
  if (absent.length > 0) throw new Error(`GitHub's OpenAPI describes no ${absent.join(', ')}`)

  const operations = Object.fromEntries(found.map((operation) => [operation.operationId, reduce(document, operation)]))
  const errors = ['basic-error', 'validation-error', 'validation-error-simple']
  const common = errors.map((name) => ({ $ref: `#/definitions/${name}` }))
  return { operations, definitions: reachable(document.components.schemas, [operations, common]) }
}

function reduce(document, { path, method, parameters = [], requestBody, responses }) {
  const query = parameters.map((parameter) => resolve(document, parameter)).filter((each) => each.in === 'query')
  const body = requestBody?.content[JSON_BODY]
  return {
    method: method.toUpperCase(),
    path,
    query: Object.fromEntries(query.map(({ name, schema }) => [name, toJsonSchema(schema)])),
    required: query.filter((each) => each.required).map(({ name }) => name),
    ...(body && { body: toJsonSchema(body.schema), bodyRequired: requestBody.required === true }),
    responses: Object.fromEntries(
      sorted(responses).map(([status, response]) => {
        const schema = resolve(document, response).content?.[JSON_BODY]?.schema
        return [status, schema ? toJsonSchema(schema) : null]
      }),
    ),
  }
}

function resolve(document, node) {
  if (!node.$ref) return node
  return node.$ref
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], document)
}

/** The schemas that something refers to, and what those refer to in turn. */
function reachable(schemas, start) {
  const definitions = {}
  const visit = (node) => {
    if (typeof node !== 'object' || node === null) return
    if (typeof node.$ref === 'string') define(node.$ref.replace('#/definitions/', ''))
    Object.values(node).forEach(visit)
  }
  const define = (name) => {
    if (definitions[name]) return
    const open = name.endsWith(OPEN)
    definitions[name] = toJsonSchema(schemas[open ? name.slice(0, -OPEN.length) : name], open)
    visit(definitions[name])
  }
  visit(start)
  return Object.fromEntries(sorted(definitions))
}
