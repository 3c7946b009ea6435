import { basic, type Credential } from './credentials.ts'
import type { Answer, Exchange } from './exchange.ts'
import type { HttpRequest } from './http.ts'
import type { Place } from './place.ts'
import { Unanswered } from './unanswered.ts'
import type { WayIn } from './way-in.ts'

type TokenService = Extract<WayIn, { by: 'token' }>

/**
 * Asks a token service for leave to pull from one repository: with the identity token as OAuth has it, else, and where
 * the service does not know that (404), with user name and password or nobody's. Gives the `Authorization` to send.
 */
export async function fetchToken(
  exchange: Exchange,
  service: TokenService,
  place: Place,
  credential: Credential | undefined,
): Promise<string> {
  const oauth = credential?.identityToken
    ? await exchange(oauthRequest(service, place, credential.identityToken), place.api)
    : undefined
  const answer =
    oauth && oauth.status !== 404 ? oauth : await exchange(plainRequest(service, place, credential), place.api)
  if (answer.status !== 200) throw new Unanswered(refusal(answer, place, credential))
  const token = tokenIn(answer.body)
  if (token === undefined) throw new Unanswered(`${answer.url.host} answered without a token for ${place.api.host}`)
  return `Bearer ${token}`
}

function plainRequest({ realm, service }: TokenService, place: Place, credential: Credential | undefined): HttpRequest {
  const url = new URL(realm)
  if (service !== undefined) url.searchParams.set('service', service)
  url.searchParams.set('scope', scopeOf(place))
  return { method: 'GET', url, headers: credential ? { authorization: basic(credential) } : {} }
}

function oauthRequest({ realm, service = '' }: TokenService, place: Place, identityToken: string): HttpRequest {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'gitops-actions',
    service,
    scope: scopeOf(place),
    refresh_token: identityToken,
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url: realm, headers, body: form.toString() }
}

/** Never what the challenge names: no more than to pull, from no other repository. */
function scopeOf(place: Place): string {
  return `repository:${place.repository}:pull`
}

function refusal({ status, url }: Answer, place: Place, credential: Credential | undefined): string {
  if (status !== 401 && status !== 403)
    return `${url.host}, which gives tokens for ${place.api.host}, answered ${status}`
  return credential
    ? `${url.host} does not accept the login for ${place.registry} (${status})`
    : `${place.registry} asks for a login (${status}) and there is none in the Docker configuration`
}

/** A registry names it `token` or `access_token`; what cannot stand in a header is none. */
function tokenIn(body: string): string | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const { token, access_token } = parsed as { token?: unknown; access_token?: unknown }
  return [token, access_token].find((text): text is string => typeof text === 'string' && /^[!-~]+$/.test(text))
}
