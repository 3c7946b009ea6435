import { destinationProblem } from './destination.ts'
import type { Http, HttpRequest, HttpResponse } from './http.ts'
import type { Patience } from './patience.ts'
import { Unanswered } from './unanswered.ts'

const MOST_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])

export interface Answer extends HttpResponse {
  /** Who answered in the end. */
  url: URL
}

/** Sends a request to a registry, or to where it sends us, and follows redirects. Rejects with `Unanswered`. */
export type Exchange = (request: HttpRequest, registry: URL) => Promise<Answer>

/**
 * `Authorization` stays with host and port (the distribution specification forbids to send it on across hosts), and
 * nothing with a body is sent on at all.
 */
export function createExchange(http: Http, patience: Patience): Exchange {
  return async function exchange(request, registry) {
    let { url, headers } = request
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const answer = await patience(url.host, () => http({ ...request, url, headers }))
      const { location } = answer.headers
      if (!REDIRECTS.has(answer.status) || location === undefined || request.method === 'POST') {
        return { ...answer, url }
      }
      const next = redirected(location, url, registry)
      if (next.origin !== url.origin) headers = withoutAuthorization(headers)
      url = next
    }
    throw new Unanswered(`${request.url.host} redirects more than ${MOST_REDIRECTS} times`)
  }
}

function redirected(location: string, from: URL, registry: URL): URL {
  if (!URL.canParse(location, from.href)) throw new Unanswered(`${from.host} redirects to what is no web address`)
  const url = new URL(location, from)
  const problem = destinationProblem(url, registry)
  if (problem) throw new Unanswered(`${from.host} redirects to ${url.host || 'what'}, which ${problem}`)
  return url
}

function withoutAuthorization(headers: HttpRequest['headers']): HttpRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'))
}
