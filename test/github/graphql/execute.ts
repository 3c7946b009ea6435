import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  GraphQLScalarType,
  Kind,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql'
import { Problem } from '../problem.ts'
import type { Context } from './context.ts'
import { rootValue } from './root.ts'

const schema = buildSchema(readFileSync(new URL('../schema.generated.sdl', import.meta.url), 'utf8'))
restrict('GitObjectID', /^[0-9a-f]{40}$/)
restrict('GitRefname', /^refs\/.+/)

/** The schema's language has no words for what a scalar may look like. */
function restrict(name: string, pattern: RegExp): void {
  const scalar = schema.getType(name)
  if (!(scalar instanceof GraphQLScalarType)) throw new Error(`GitHub's schema has no scalar ${name}`)
  const check = (value: unknown) => {
    if (typeof value === 'string' && pattern.test(value)) return value
    throw new TypeError(`${JSON.stringify(value)} is no ${name}`)
  }
  scalar.parseValue = check
  scalar.parseLiteral = (node) => check(node.kind === Kind.STRING ? node.value : undefined)
}

export interface GraphqlRequest {
  query: string
  variables?: Record<string, unknown> | null
  operationName?: string | null
}

export interface GraphqlAnswer {
  body: { data?: unknown; errors?: unknown[] }
  /** The top fields asked for, e.g. `mutation updateRefs`. */
  operation: string
  /** What GitHub's schema does not have: for the test, which fails with it. */
  violations: string[]
}

/** Runs a request as GitHub does: a wrong one, and a refused one, come back with 200 and `errors`. */
export async function runGraphql(
  context: Context,
  request: GraphqlRequest,
  rateLimit: () => unknown,
): Promise<GraphqlAnswer> {
  const document = attempt(() => parse(request.query))
  if (document instanceof Error) return wrong('unreadable', [document.message])
  const operation = nameOf(document, request.operationName)
  const mistakes = validate(schema, document)
  if (mistakes.length > 0)
    return wrong(
      operation,
      mistakes.map(({ message }) => message),
    )
  const { data, errors = [] } = await execute({
    schema,
    document,
    rootValue: rootValue(context, rateLimit),
    variableValues: request.variables ?? {},
    operationName: request.operationName,
  })
  const violations = errors
    .filter(({ originalError }) => !(originalError instanceof Problem))
    .map(({ message }) => message)
  const body = { ...(data !== undefined && { data }), ...(errors.length > 0 && { errors: errors.map(errorView) }) }
  return { body, operation, violations }
}

/** The fields at the top of the operation, with its kind: what the log, faults and limits know a request by. */
export function describeGraphql(request: GraphqlRequest): string {
  const document = attempt(() => parse(request.query))
  return document instanceof Error ? 'unreadable' : nameOf(document, request.operationName)
}

function nameOf(document: DocumentNode, operationName: string | null | undefined): string {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    if (operationName && definition.name?.value !== operationName) continue
    const kind = definition.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query'
    const fields = definition.selectionSet.selections.flatMap((each) =>
      each.kind === Kind.FIELD ? [each.name.value] : [],
    )
    const names = [...new Set(fields)]
    // Who asks is asked along with something else.
    return `${kind} ${(names.length > 1 ? names.filter((name) => name !== 'viewer') : names).join(' ')}`
  }
  return 'nothing'
}

function wrong(operation: string, violations: string[]): GraphqlAnswer {
  return { body: { errors: violations.map((message) => ({ message })) }, operation, violations }
}

function errorView({ message, path, locations, originalError }: GraphQLError) {
  const type = originalError instanceof Problem ? originalError.type : 'INTERNAL'
  const details =
    originalError instanceof Problem ? (originalError.errors as { message?: string }[] | undefined) : undefined
  return { type, path, locations, message: details?.[0]?.message ?? message }
}

function attempt<T>(action: () => T): T | Error {
  try {
    return action()
  } catch (error) {
    return error as Error
  }
}
