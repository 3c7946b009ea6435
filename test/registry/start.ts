import type { ServerResponse } from 'node:http'
import { type PageOptions, sendTags } from './pages.ts'
import { type Call, type Listener, type Served, serve } from './serve.ts'
import { find, newStore, push } from './store.ts'
import { isUser, type TokenService, type Users } from './token-service.ts'

export interface RegistryOptions {
  /** Who is let in how; everyone, unless given. */
  login?: { by: 'token'; service: TokenService; realm?: string } | ({ by: 'basic'; challenge?: string } & Users)
  /** Answers 404, as if it were not there, where a login is missing, and asks for one at /v2/ alone. */
  hides?: boolean
  pages?: PageOptions
  /** Called first; `true` means that it answered. */
  fault?: (call: Call, response: ServerResponse) => boolean
  address?: string
}

export interface TestRegistry extends Served {
  /** Puts an image there and gives its digest. */
  push(repository: string, tag: string, text?: string): string
}

const ROUTE = /^\/v2\/(.+)\/(manifests|tags)\/([^/?]+)/

/** The part of the OCI distribution specification that tells what there is. */
export async function startRegistry(options: RegistryOptions = {}): Promise<TestRegistry> {
  const store = newStore()
  const listener: Listener = (call, response) => {
    if (options.fault?.(call, response)) return
    const [, repository = '', kind, name = ''] = ROUTE.exec(call.path) ?? []
    if (!isLetIn(call, repository, options)) return challenge(response, options, kind !== undefined)
    if (kind === undefined) return void response.end('{}')
    if (kind === 'tags') {
      const tags = store.tags.get(repository)
      return tags ? sendTags(call, response, [...tags.keys()], options.pages ?? {}) : missing(response)
    }
    const found = find(store, repository, name)
    if (!found) return missing(response)
    const { manifest, digest } = found
    response.setHeader('content-type', manifest.type).setHeader('docker-content-digest', digest).end(manifest.bytes)
  }
  const served = await serve(listener, options.address)
  return { ...served, push: (...image) => push(store, ...image) }
}

function isLetIn({ authorization }: Call, repository: string, { login }: RegistryOptions): boolean {
  if (!login) return true
  if (login.by === 'basic') return isUser(authorization, login) ?? false
  const scope = login.service.scopes.get(authorization?.replace('Bearer ', '') ?? '')
  return scope !== undefined && scope === repository
}

function challenge(response: ServerResponse, { login, hides }: RegistryOptions, isContent: boolean): void {
  if (hides && isContent) return missing(response)
  const offer =
    login?.by === 'token'
      ? `Bearer realm="${login.realm ?? `${login.service.url}/token`}",service="test registry",scope="repository:x:pull,push"`
      : (login?.challenge ?? 'Basic realm="test registry"')
  response.writeHead(401, { 'www-authenticate': offer }).end()
}

function missing(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
}
