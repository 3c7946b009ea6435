import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { MOST_SCHEMA_BYTES } from './locations-content.ts'

export interface HttpAnswer {
  status: number
  /** Decompressed; empty unless the status is 200. */
  body: Uint8Array
}

/** Fetches a URL. Rejects where no answer could be had; the message completes "… cannot be fetched: ". */
export type HttpGet = (url: string) => Promise<HttpAnswer>

export interface HttpOptions {
  sleep(milliseconds: number): Promise<void>
  /** For one answer as a whole, in milliseconds. */
  timeout?: number
  /** Of a body, decompressed. */
  bytes?: number
}

const MOST_RETRIES = 2
const MOST_REDIRECTS = 5
const LONGEST_WAIT = 10_000
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** An answer that would be the same another time. */
class Refused extends Error {}

/**
 * A client for public files: no credentials, and two retries where a server is busy or cannot be reached.
 * It is loaded with the first request, because most runs make none.
 */
export function createHttpGet({ sleep, timeout = 30_000, bytes = MOST_SCHEMA_BYTES }: HttpOptions): HttpGet {
  async function getWithRetries(url: string): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await get(new URL(url), MOST_REDIRECTS).catch((error: Error) => error)
      const final = answer instanceof Error ? answer instanceof Refused : !isBusy(answer.status)
      if (final || attempt > MOST_RETRIES) {
        if (answer instanceof Error) throw answer
        return { status: answer.status, body: answer.body }
      }
      await sleep(waitBefore(attempt, answer instanceof Error ? undefined : answer.retryAfter))
    }
  }

  async function get(url: URL, redirects: number): Promise<HttpAnswer & { retryAfter?: string }> {
    const answer = await request(url)
    if (!(answer instanceof URL)) return answer
    if (redirects === 0) throw new Refused(`it redirects more than ${MOST_REDIRECTS} times`)
    return get(answer, redirects - 1)
  }

  /** One client a request: the deadline ends it with all its sockets, and it holds agents for one protocol only. */
  async function request(url: URL): Promise<(HttpAnswer & { retryAfter?: string }) | URL> {
    const { HttpClient } = await import('@actions/http-client')
    const client = new HttpClient('gitops-actions', [], {
      allowRedirects: false,
      allowRetries: false,
      socketTimeout: timeout,
    })
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it took longer than ${timeout / 1000} s`)), timeout)
    })
    const answer = async () => {
      const { message } = await client.get(url.href, { accept: 'application/json', 'accept-encoding': 'gzip' })
      const { statusCode: status = 0, headers } = message
      if (status === 200) return { status, body: await bodyOf(message, bytes) }
      message.destroy()
      if (REDIRECTS.has(status) && headers.location) return destination(headers.location, url)
      return { status, body: new Uint8Array(), retryAfter: headers['retry-after'] }
    }
    try {
      return await Promise.race([answer(), deadline])
    } finally {
      clearTimeout(timer)
      client.dispose()
    }
  }

  return getWithRetries
}

function destination(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new Refused('it redirects to what is no web address')
  if (from.protocol === 'https:' && url.protocol === 'http:') throw new Refused('it redirects from https to http')
  return url
}

/** Counts bytes after decompression: a small answer may unfold into a huge one. */
async function bodyOf(message: IncomingMessage, most: number): Promise<Uint8Array> {
  const encoding = message.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && encoding !== 'gzip') throw new Refused('it is compressed in a way nobody asked for')
  const gunzip = encoding === 'gzip' ? createGunzip() : undefined
  if (gunzip) message.on('error', (error) => gunzip.destroy(error))
  const content: Readable = gunzip ? message.pipe(gunzip) : message
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of content as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) throw new Refused(`it exceeds the limit schema-bytes (${most})`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isBusy(status: number): boolean {
  return status === 429 || status >= 500
}

/** A wait has an end, whatever the server asks for. */
function waitBefore(attempt: number, retryAfter: string | undefined): number {
  const asked = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) * 1000 : 0
  return Math.min(Math.max(asked, attempt * 1000), LONGEST_WAIT)
}
