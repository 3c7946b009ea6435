import { Unsure } from '../forge.ts'
import type { Exchange, HttpAnswer, HttpRequest } from './exchange.ts'
import { type GraphqlError, type GraphqlReply, parseReply } from './graphql.ts'
import type { Operation } from './operation.ts'
import { type Clock, createPace } from './pace.ts'
import { judge, MOST_TRIES, type Outcome } from './policy.ts'
import { limited, type Place, refusalOf, unreachable, wordsOf } from './refusal.ts'

/** Where the repository is reached; the caller reads it from `GITHUB_API_URL` and the like. */
export interface Address {
  apiUrl: string
  graphqlUrl: string
  serverUrl: string
  /** `owner/name`. */
  repository: string
}

export interface ClientPorts extends Clock {
  exchange: Exchange
  /** Told of every wait. */
  note(message: string): void
}

/** An answer that the caller has to judge: success, or a refusal that only it understands. */
export interface RestAnswer {
  status: number
  body: unknown
  /** GitHub's own words where it refused; otherwise empty. */
  words: string
}

export interface RestRequest {
  operation: Operation
  method: HttpRequest['method']
  /** Below the repository: `/pulls`. */
  path: string
  body?: unknown
}

export interface GraphqlRequest {
  operation: Operation
  text: string
  variables: Readonly<Record<string, unknown>>
}

/**
 * REST and GraphQL of one repository. Reads are tried three times; a write is repeated only where GitHub says that it was
 * not done, and one whose end nobody knows is `Unsure`. What no caller could act upon is a `Refusal`.
 */
export interface Client {
  readonly place: Place & { owner: string; name: string }
  rest(request: RestRequest): Promise<RestAnswer>
  query(request: GraphqlRequest): Promise<GraphqlReply>
  /** The errors of a mutation that was refused; none where it was done. */
  mutate(request: GraphqlRequest): Promise<{ data: unknown; refused?: GraphqlError }>
}

export function createClient(address: Address, ports: ClientPorts): Client {
  const { repository, apiUrl, graphqlUrl, serverUrl } = address
  const [owner = '', name = ''] = repository.split('/')
  const place = { host: new URL(serverUrl).host, repository, owner, name }
  const api = `${apiUrl.replace(/\/+$/, '')}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
  const turn = createPace(ports)

  /** Until GitHub has answered, or will not. */
  async function send(request: HttpRequest, operation: Operation, write: boolean): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      if (write) await turn()
      const outcome = await attemptOnce(request)
      const verdict = judge(outcome, { attempt, write, now: ports.now() })
      switch (verdict.do) {
        case 'accept':
          return (outcome as { answer: HttpAnswer }).answer
        case 'limited':
          throw limited(verdict.milliseconds, operation)
        case 'lost':
          if (!write) throw unreachable(verdict.why, operation, place)
          throw new Unsure(`nobody knows whether ${operation.doing} was done (${place.host}: ${wordsOf(verdict.why)})`)
        case 'wait':
          ports.note(`Waiting ${Math.ceil(verdict.milliseconds / 1000)} s before ${operation.doing}: ${verdict.why}.`)
          await ports.sleep(verdict.milliseconds)
      }
    }
  }

  async function attemptOnce(request: HttpRequest): Promise<Outcome> {
    try {
      return { answer: await ports.exchange(request) }
    } catch (error) {
      return { lost: error instanceof Error ? error.message : String(error) }
    }
  }

  async function rest({ operation, method, path, body }: RestRequest): Promise<RestAnswer> {
    const request = { method, url: `${api}${path}`, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const { status, text } = await send(request, operation, method !== 'GET')
    if (status < 300) return { status, body: text === '' ? undefined : JSON.parse(text), words: '' }
    const words = refusedWith(text)
    const refusal = refusalOf(status, words, operation, place)
    if (refusal) throw refusal
    return { status, body: undefined, words: wordsOf(words) || `status ${status}` }
  }

  async function post({ operation, text, variables }: GraphqlRequest, write: boolean): Promise<GraphqlReply> {
    const request = { method: 'POST', url: graphqlUrl, body: JSON.stringify({ query: text, variables }) } as const
    const answer = await send(request, operation, write)
    const refusal =
      answer.status < 300 ? undefined : refusalOf(answer.status, refusedWith(answer.text), operation, place)
    if (refusal) throw refusal
    if (answer.status >= 300) throw unreachable(`${answer.status} ${refusedWith(answer.text)}`, operation, place)
    return parseReply(answer.text)
  }

  async function query(request: GraphqlRequest): Promise<GraphqlReply> {
    for (let attempt = 1; ; attempt++) {
      const reply = await post(request, false)
      const trouble = reply.errors.find(({ type }) => type === '')
      if (!trouble || attempt === MOST_TRIES) return reply
      ports.note(`Waiting ${attempt} s before ${request.operation.doing}: ${trouble.message}.`)
      await ports.sleep(attempt * 1000)
    }
  }

  async function mutate(request: GraphqlRequest): Promise<{ data: unknown; refused?: GraphqlError }> {
    const { data, errors } = await post(request, true)
    const [refused] = errors
    if (!refused) return { data }
    const refusal = refusalOf(403, refused.message, request.operation, place)
    if (refusal) throw refusal
    // An error without a type is GitHub's own trouble, and may come after the effect.
    if (refused.type === '')
      throw new Unsure(`nobody knows whether ${request.operation.doing} was done (${refused.message})`)
    return { data, refused }
  }

  return { place, rest, query, mutate }
}

/** `message`, and what it says of single fields. */
function refusedWith(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: unknown; errors?: unknown }
    const details = Array.isArray(errors) ? errors.map(detail).filter((each) => each !== '') : []
    return [String(message ?? ''), ...details].filter((each) => each !== '').join(': ')
  } catch {
    return ''
  }
}

function detail(error: unknown): string {
  if (typeof error === 'string') return error
  const { message, field, code } = (error ?? {}) as Record<string, unknown>
  return String(message ?? [field, code].filter((each) => each !== undefined).join(' '))
}
