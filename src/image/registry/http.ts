import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { networkFailure } from './network-failure.ts'
import { Unanswered } from './unanswered.ts'

export interface HttpRequest {
  method: 'HEAD' | 'GET' | 'POST'
  url: URL
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface HttpResponse {
  status: number
  headers: IncomingHttpHeaders
  /** Empty unless the status is 200. */
  body: string
}

/** One exchange, redirects not followed. Rejects with `Unanswered`. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>

export interface HttpOptions {
  /** For one answer as a whole, in milliseconds. */
  timeout?: number
  /** Of a body. */
  bytes?: number
}

const MOST_BYTES = 8 * 1024 * 1024

/** It is loaded with the first request, because most runs make none. */
export function createHttp({ timeout = 30_000, bytes = MOST_BYTES }: HttpOptions = {}): Http {
  return async function exchange({ method, url, headers, body = '' }) {
    const { HttpClient } = await import('@actions/http-client')
    // One client a request: the deadline ends it with all its sockets, and it holds agents for one protocol only.
    const client = new HttpClient('gitops-actions', [], {
      allowRedirects: false,
      allowRetries: false,
      socketTimeout: timeout,
    })
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      const late = new Unanswered(`${url.host} took longer than ${timeout / 1000} s`)
      timer = setTimeout(() => reject(late), timeout)
    })
    const answer = async (): Promise<HttpResponse> => {
      const { message } = await client.request(method, url.href, body, { ...headers })
      const { statusCode: status = 0 } = message
      if (status === 200 && method !== 'HEAD') {
        return { status, headers: message.headers, body: await bodyOf(message, bytes, url.host) }
      }
      message.destroy()
      return { status, headers: message.headers, body: '' }
    }
    try {
      return await Promise.race([answer(), deadline])
    } catch (error) {
      throw error instanceof Unanswered ? error : new Unanswered(`${url.host} ${networkFailure(error)}`)
    } finally {
      clearTimeout(timer)
      client.dispose()
    }
  }
}

async function bodyOf(message: IncomingMessage, most: number, host: string): Promise<string> {
  if ((message.headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new Unanswered(`${host} compressed its answer, which nobody asked for`)
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) throw new Unanswered(`${host} sent an answer larger than ${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
