import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Problem } from '../problem.ts'

/** What goes over the wire. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export function jsonReply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  if (body === undefined) return { status, headers: { ...headers }, body: Buffer.alloc(0) }
  const bytes = Buffer.from(JSON.stringify(body))
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: bytes }
}

/** The body of GitHub's errors. */
export function problemBody({ message, errors }: Problem) {
  return { message, ...(errors && { errors }), documentation_url: 'https://docs.github.com/rest' }
}

/** A read whose answer the client already has. */
export function withEtag(reply: Reply, known: string | undefined): Reply {
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex')}"`
  const headers = { ...reply.headers, etag }
  return known === etag ? { status: 304, headers, body: Buffer.alloc(0) } : { ...reply, headers }
}

export function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, 'content-length': body.length })
  response.end(body)
}

/** Anything that a handler throws but a `Problem` is a mistake of the stand-in, and must not look like GitHub. */
export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem
}
