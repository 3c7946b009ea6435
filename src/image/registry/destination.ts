import { isLoopback, isPrivate } from './private-address.ts'

/**
 * Why an address that a registry names, of its token service or in a redirect, is not to be visited; `undefined`
 * where it may be. The reason completes a clause that names the host.
 */
export function destinationProblem(url: URL, registry: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is no web address'
  if (url.username !== '' || url.password !== '') return 'stands behind a user name'
  if (url.protocol === 'http:' && !(isLoopback(registry) && isLoopback(url))) return 'is not reached through https'
  if (url.hostname === registry.hostname || (isLoopback(registry) && isLoopback(url))) return undefined
  return isPrivate(url) ? 'is an address inside a network' : undefined
}
