import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject } from 'ajv'

/** A REST operation as GitHub describes it; see generators/github. */
export interface Operation {
  method: string
  path: string
  query: Readonly<Record<string, { type?: string | string[] }>>
  required: readonly string[]
  body?: unknown
  bodyRequired?: boolean
  responses: Readonly<Record<string, unknown>>
}

const document = JSON.parse(readFileSync(new URL('../openapi.generated.json', import.meta.url), 'utf8')) as {
  operations: Readonly<Record<string, Operation>>
}
export const OPERATIONS = document.operations

/** Any operation may answer these, although few descriptions say so. */
const ALWAYS_POSSIBLE: Readonly<Record<number, string | null>> = {
  304: null,
  401: 'definitions/basic-error',
  403: 'definitions/basic-error',
  404: 'definitions/basic-error',
  422: 'definitions/validation-error',
  429: 'definitions/basic-error',
}

const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, inlineRefs: false, logger: false })
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
// GitHub's own default for some addresses is the empty text.
ajv.addFormat('uri', (text: string) => text === '' || URL.canParse(text))
ajv.addSchema(document, 'github')

/** What GitHub does not describe in this request; empty when all is well. */
export function checkRequest(name: string, query: URLSearchParams, body: unknown): string[] {
  const operation = OPERATIONS[name] as Operation
  return [...checkQuery(name, operation, query), ...checkBody(name, operation, body)]
}

function checkQuery(name: string, { query, required }: Operation, given: URLSearchParams): string[] {
  const missing = required.filter((each) => !given.has(each)).map((each) => `query parameter ${each} is required`)
  const wrong = [...given].flatMap(([key, text]) => {
    const schema = query[key]
    if (!schema) return [`query parameter ${key} is not described`]
    const value = schema.type === 'integer' ? Number(text) : schema.type === 'boolean' ? text === 'true' : text
    return violations(`operations/${pointer(name)}/query/${pointer(key)}`, value).map((each) => `query ${key}: ${each}`)
  })
  return [...missing, ...wrong]
}

function checkBody(name: string, { body: schema, bodyRequired }: Operation, body: unknown): string[] {
  if (body === undefined) return bodyRequired ? ['a body is required'] : []
  if (schema === undefined) return ['a body is not described']
  return violations(`operations/${pointer(name)}/body`, body).map((each) => `body${each}`)
}

/** What GitHub does not describe in this answer. `body` is undefined when there is none. */
export function checkResponse(name: string, status: number, body: unknown): string[] {
  const { responses } = OPERATIONS[name] as Operation
  const described = responses[status] !== undefined
  if (!described && ALWAYS_POSSIBLE[status] === undefined) return [`status ${status} is not described`]
  const own = described && (responses[status] !== null || (ALWAYS_POSSIBLE[status] ?? null) === null)
  const at = own ? `operations/${pointer(name)}/responses/${status}` : (ALWAYS_POSSIBLE[status] as string | null)
  const schema = own ? responses[status] : at
  if (schema === null) return body === undefined || status >= 400 ? [] : [`status ${status} has no body`]
  return violations(at as string, body).map((each) => `answer ${status}${each}`)
}

const pointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

function violations(at: string, value: unknown): string[] {
  const validate = ajv.getSchema(`github#/${at}`) ?? ajv.compile({ $ref: `github#/${at}` })
  if (validate(value)) return []
  return [...new Set((validate.errors ?? []).map(sentence))].slice(0, 8)
}

function sentence({ instancePath, message, params }: ErrorObject): string {
  const extra = (params as { additionalProperty?: string }).additionalProperty
  return `${instancePath} ${message}${extra ? ` (${extra})` : ''}`
}
