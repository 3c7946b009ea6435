import { basic, type Credentials } from './credentials.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { HttpRequest } from './http.ts'
import type { Place } from './place.ts'
import { fetchToken } from './token.ts'
import { Unanswered } from './unanswered.ts'
import { wayIn } from './way-in.ts'

/** Asks a registry about one repository, logged in where it wants that. Rejects with `Unanswered`. */
export type Session = (place: Place, request: HttpRequest) => Promise<Answer>

/** Keeps what lets us in for each repository of a run, and also that nothing does. */
export function createSession(exchange: Exchange, credentials: Credentials): Session {
  const known = new Map<string, Promise<string>>()

  return async function ask(place, request) {
    const key = `${place.registry}/${place.repository}`
    const before = known.get(key)
    const first = await send(place, request, await before)
    const challenged = before ? first : await challengeOf(place, first)
    if (!isChallenge(challenged, place)) return first
    // Others may have found the way in meanwhile.
    if (known.get(key) === before) learn(key, authorize(place, challenged))
    const second = await send(place, request, await known.get(key))
    if (isChallenge(second, place)) {
      const denied = new Unanswered(refusal(place))
      learn(key, Promise.reject(denied))
      throw denied
    }
    return second
  }

  /** What a registry hides from nobody in particular it may answer with 404 or 403: where there is a login, it counts. */
  async function challengeOf(place: Place, answer: Answer): Promise<Answer> {
    const hidden = answer.status === 404 || answer.status === 403
    if (!hidden || !credentials(place.registry, place.repository)) return answer
    return send(place, { method: 'GET', url: new URL('/v2/', place.api), headers: {} }, undefined)
  }

  function send(place: Place, request: HttpRequest, authorization: string | undefined): Promise<Answer> {
    const headers = authorization === undefined ? request.headers : { ...request.headers, authorization }
    return exchange({ ...request, headers }, place.api)
  }

  async function authorize(place: Place, { headers }: Answer): Promise<string> {
    const credential = credentials(place.registry, place.repository)
    const way = wayIn(headers['www-authenticate'], place.api)
    if (way.by === 'token') return fetchToken(exchange, way, place, credential)
    if (!credential) throw new Unanswered(refusal(place))
    return basic(credential)
  }

  function learn(key: string, authorization: Promise<string>): void {
    // Who asks for it meets the rejection; nobody may.
    authorization.catch(() => {})
    known.set(key, authorization)
  }

  function refusal({ registry, repository }: Place): string {
    return credentials(registry, repository)
      ? `${registry} does not accept the login for ${repository} (401)`
      : `${registry} asks for a login (401) and there is none in the Docker configuration`
  }
}

/** A 401 of whom the registry redirected to asks for a login that is not theirs to have. */
function isChallenge({ status, url }: Answer, place: Place): boolean {
  return status === 401 && url.origin === place.api.origin
}
