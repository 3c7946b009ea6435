import type { Token } from '../model/people.ts'
import type { World } from '../model/world.ts'

/** A REST request that was matched, authenticated and found to be as described. */
export interface Call {
  world: World
  token: Token
  /** Decoded parameters of the path. */
  path: Readonly<Record<string, string>>
  query: URLSearchParams
  body: Readonly<Record<string, unknown>>
  /** Path and query as sent, for the links of a page. */
  target: string
}

export interface Answer {
  status: number
  body?: unknown
  headers?: Readonly<Record<string, string>>
}

/** `accepts` are permissions as X-Accepted-GitHub-Permissions writes them: `issues=write; pull_requests=write`. */
export interface Route {
  accepts: string
  answer: (call: Call) => Answer | Promise<Answer>
}

/** Routes by the operation ids of GitHub's OpenAPI. */
export type Routes = Readonly<Record<string, Route>>

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const noContent: Answer = { status: 204 }
