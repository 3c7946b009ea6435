import type { IncomingMessage } from 'node:http'

/** One request to GitHub, as it goes over the wire. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  /** JSON; absent where there is no body. */
  body?: string
}

export interface HttpAnswer {
  status: number
  /** By name in lower case. */
  headers: Readonly<Record<string, string | undefined>>
  text: string
}

/** Sends one request. Rejects where no whole answer could be had; then nobody knows what became of the request. */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>

export interface ExchangeOptions {
  token: string
  /** For one answer as a whole, redirects included, in milliseconds. */
  timeout?: number
  /** Of one body. */
  bytes?: number
}

const MOST_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 307, 308])
const MIB = 1024 * 1024

/**
 * HTTP with a token, through the proxy that the environment names. A redirect (GitHub's for a renamed repository) keeps its
 * verb; the token goes to no other host or port: @actions/http-client would send it to another port.
 */
export function createExchange({ token, timeout = 30_000, bytes = 64 * MIB }: ExchangeOptions): Exchange {
  return async (request) => {
    const { HttpClient } = await import('@actions/http-client')
    const options = { allowRedirects: false, allowRetries: false, socketTimeout: timeout }
    const client = new HttpClient('gitops-actions', [], options)
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${timeout / 1000} s`)), timeout)
    })
    const origin = new URL(request.url)

    async function follow(url: URL, redirects: number): Promise<HttpAnswer> {
      const headers = { ...HEADERS, ...(url.origin === origin.origin && { authorization: `Bearer ${token}` }) }
      const sent = await client.request(request.method, url.href, request.body ?? '', headers)
      const { message } = sent
      const { statusCode: status = 0, headers: received } = message
      if (!REDIRECTS.has(status) || !received.location) {
        return { status, headers: flat(received), text: await textOf(message, bytes) }
      }
      message.destroy()
      if (redirects === 0) throw new Error(`more than ${MOST_REDIRECTS} redirects`)
      return follow(destination(received.location, url), redirects - 1)
    }

    try {
      return await Promise.race([follow(origin, MOST_REDIRECTS), deadline])
    } finally {
      clearTimeout(timer)
      client.dispose()
    }
  }
}

const HEADERS = {
  accept: 'application/vnd.github+json',
  'content-type': 'application/json; charset=utf-8',
  'x-github-api-version': '2022-11-28',
}

function flat(headers: IncomingMessage['headers']): HttpAnswer['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]))
}

function destination(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('a redirect to what is no web address')
  if (from.protocol === 'https:' && url.protocol === 'http:') throw new Error('a redirect from https to http')
  return url
}

async function textOf(message: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) {
      message.destroy()
      throw new Error(`an answer of more than ${most / MIB} MiB`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
