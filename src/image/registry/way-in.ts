import { parseChallenges } from './challenge.ts'
import { destinationProblem } from './destination.ts'
import { Unanswered } from './unanswered.ts'

/** How a registry wants to be asked: with a token of its service, or with user name and password themselves. */
export type WayIn = { by: 'token'; realm: URL; service?: string } | { by: 'credentials' }

/**
 * Chooses from what the `WWW-Authenticate` header of a 401 offers. A bearer realm that is no URL means the
 * credentials themselves (Artifactory). Throws `Unanswered` where the token service is one not to be visited.
 */
export function wayIn(header: string | undefined, registry: URL): WayIn {
  const challenges = parseChallenges(header ?? '')
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
  if (!bearer) {
    if (challenges.some(({ scheme }) => scheme === 'basic')) return { by: 'credentials' }
    throw new Unanswered(`${registry.host} asks for a login (401) and does not say which`)
  }
  const realm = webAddress(bearer.parameters.get('realm') ?? '')
  if (!realm) return { by: 'credentials' }
  const problem = destinationProblem(realm, registry)
  if (problem) {
    throw new Unanswered(`${registry.host} sends logins to ${realm.host}, which ${problem}: nothing was sent there`)
  }
  const service = bearer.parameters.get('service')
  return { by: 'token', realm, ...(service !== undefined && { service }) }
}

function webAddress(realm: string): URL | undefined {
  return /^https?:\/\//i.test(realm) && URL.canParse(realm) ? new URL(realm) : undefined
}
