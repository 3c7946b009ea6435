import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Token } from '../model/people.ts'
import type { World } from '../model/world.ts'
import type { Answer } from '../rest/route.ts'
import { type Budget, limitHeaders, limitOf, limitReply, newBudget } from './budget.ts'
import { type Armed, type Fault, faultsFor } from './faults.ts'
import { answerGit } from './git.ts'
import { answerGraphql } from './graphql.ts'
import { type Identified, identify } from './identify.ts'
import { jsonReply, type Reply, send } from './reply.ts'
import { answerRest } from './rest.ts'
import type { Schedule } from './schedule.ts'

/** One call, in the order of arrival. */
export interface CallRecord {
  number: number
  method: string
  path: string
  operation: string
  /** The value of the token, to tell writers apart. */
  token?: string
  body?: unknown
  /** Undefined while unanswered, and for good when the connection was dropped. */
  status?: number
}

export class Server {
  readonly world: World
  readonly calls: CallRecord[] = []
  readonly violations: string[] = []
  readonly armed: Armed[] = []
  schedule: Schedule | undefined
  readonly http: HttpServer
  readonly #budget: Budget
  #last: Promise<unknown> = Promise.resolve()

  constructor(world: World) {
    this.world = world
    this.#budget = newBudget(world)
    this.http = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        // A program that was killed while it sent has asked for nothing.
        if (!request.complete) return
        this.violations.push(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`)
        response.destroy()
      })
    })
  }

  /** One at a time: GitHub's effects are transactions. */
  exclusively<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action)
    this.#last = result.catch(() => {})
    return result
  }

  /** Notes what makes the test fail when it closes the stand-in. */
  violation({ operation }: Pick<Identified, 'operation'>, messages: readonly string[]): void {
    this.violations.push(...messages.map((message) => `${operation}: ${message}`))
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await identify(this.world, request)
    const token = typeof call.token === 'object' ? call.token.value : undefined
    const { method, path, operation } = call
    const body = 'body' in call ? call.body : undefined
    const record: CallRecord = { number: this.calls.length + 1, method, path, operation, token, body }
    this.calls.push(record)
    const faults = faultsFor(this.armed, { method, path, operation, token })
    await this.schedule?.enter(token ?? '')
    try {
      const reply = await this.#meet(faults, call)
      if (reply === 'drop') response.destroy()
      else {
        record.status = reply.status
        send(response, reply)
      }
    } finally {
      this.schedule?.leave(token ?? '', operation)
    }
  }

  /** The faults around the effect, in the order in which the test armed them. */
  async #meet(faults: readonly Fault[], call: Identified): Promise<Reply | 'drop'> {
    for (const fault of faults) {
      if (fault.kind === 'delay') await wait(fault.milliseconds)
      if (fault.kind === 'limit') return this.#limited(call.channel, fault)
      const early = 'when' in fault && fault.when === 'before' ? await instead(fault) : undefined
      if (early) return early
    }
    const reply = await this.exclusively(() => this.#answer(call))
    for (const fault of faults) {
      const late = 'when' in fault && fault.when === 'after' ? await instead(fault) : undefined
      if (late) return late
    }
    return reply
  }

  async #answer(call: Identified): Promise<Reply> {
    const verdict = this.#budget.charge(call)
    const resource = call.channel === 'graphql' ? 'graphql' : 'core'
    const headers: Record<string, string> = verdict ? limitHeaders(this.world, verdict, resource) : {}
    if (verdict?.exceeded) return limitReply(call.channel, verdict.exceeded, 403, headers)
    const reply = await this.#dispatch(call)
    const id = `${this.calls.length.toString(16).toUpperCase()}:STAND-IN`
    return { ...reply, headers: { ...headers, 'x-github-request-id': id, ...reply.headers } }
  }

  #dispatch(call: Identified): Promise<Reply> {
    if (call.channel === 'git') return answerGit(this, call)
    return call.channel === 'graphql' ? answerGraphql(this, call) : answerRest(this, call)
  }

  #limited(
    channel: Identified['channel'],
    { limit, status = 403, retryAfter, reset }: Extract<Fault, { kind: 'limit' }>,
  ): Reply {
    const now = Math.floor(this.world.now().getTime() / 1000)
    const used = limit === 'primary' ? limitOf(this.world) : 1
    return limitReply(channel, limit, status, {
      ...limitHeaders(this.world, { used, reset: reset ?? now + 3600 }, 'core'),
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    })
  }

  rateLimitAnswer(token: Token): Answer {
    const { used, reset } = this.#budget.verdict(token)
    const limit = limitOf(this.world)
    const core = { limit, used, remaining: Math.max(limit - used, 0), reset }
    return { status: 200, body: { rate: core, resources: { core, graphql: core, search: { ...core, used: 0 } } } }
  }

  rateLimitNode(token: Token) {
    const { used, reset } = this.#budget.verdict(token)
    const limit = limitOf(this.world)
    const resetAt = new Date(reset * 1000).toISOString()
    return { cost: 1, limit, used, remaining: limit - used, nodeCount: 0, resetAt }
  }
}

async function instead(fault: Extract<Fault, { when: unknown }>): Promise<Reply | 'drop' | undefined> {
  if (fault.kind === 'drop') return 'drop'
  if (fault.kind === 'hold') return (await fault.gate.pass()) === 'drop' ? 'drop' : undefined
  if (fault.body === undefined) return jsonReply(fault.status, { message: 'Server Error' }, fault.headers)
  return {
    status: fault.status,
    headers: { 'content-type': 'text/html', ...fault.headers },
    body: Buffer.from(fault.body),
  }
}
