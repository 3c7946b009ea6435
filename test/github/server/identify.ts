import type { IncomingMessage } from 'node:http'
import { describeGraphql, type GraphqlRequest } from '../graphql/execute.ts'
import type { Token } from '../model/people.ts'
import { fullName, type World } from '../model/world.ts'
import { type Match, matchRoute } from '../rest/routes.ts'

/** A request, read whole and known for what it is. */
export type Identified = Common &
  ({ channel: 'git' } | { channel: 'graphql'; body: unknown } | { channel: 'rest'; body: unknown; match?: Match })

interface Common {
  method: string
  /** Without `/api/v3`. */
  path: string
  query: URLSearchParams
  search: string
  headers: IncomingMessage['headers']
  raw: Buffer
  operation: string
  /** Undefined: none was sent. `unknown`: one that nobody issued. */
  token: Token | 'unknown' | undefined
}

/** Enterprise servers have the APIs below `/api`; the plain paths are api.github.com's. */
const API = /^\/api\/v3(?=\/|$)/
const GRAPHQL = ['/api/graphql', '/graphql']

export async function identify(world: World, request: IncomingMessage): Promise<Identified> {
  const url = new URL(request.url ?? '/', world.url)
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const method = request.method ?? 'GET'
  const path = url.pathname.replace(API, '')
  const { headers } = request
  const common = {
    method,
    path,
    headers,
    raw,
    query: url.searchParams,
    search: url.search,
    token: tokenOf(world, headers.authorization),
  }
  const git = gitOperation(world, url)
  if (git) return { ...common, channel: 'git', operation: git }
  const body = raw.length === 0 ? undefined : parseJson(raw)
  if (GRAPHQL.includes(url.pathname)) {
    const { query } = (body ?? {}) as Partial<GraphqlRequest>
    const operation = typeof query === 'string' ? describeGraphql(body as GraphqlRequest) : 'unreadable'
    return { ...common, channel: 'graphql', body, operation }
  }
  const match = matchRoute(method, path)
  return { ...common, channel: 'rest', body, match, operation: match?.operation ?? `${method} ${path}` }
}

function gitOperation(world: World, { pathname, searchParams }: URL): string | undefined {
  const [, owner, name, rest] =
    /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(pathname) ?? []
  if (!rest || `${owner}/${name}`.toLowerCase() !== fullName(world).toLowerCase()) return undefined
  return rest === 'info/refs' ? `${searchParams.get('service')} refs` : rest
}

/** `token X`, `Bearer X`, or the password of Basic, as git sends it. */
function tokenOf(world: World, header: string | undefined): Token | 'unknown' | undefined {
  const [, scheme = '', credentials = ''] = /^(\S+) (.+)$/.exec(header ?? '') ?? []
  if (!credentials) return undefined
  const basic = scheme.toLowerCase() === 'basic'
  const value = basic ? Buffer.from(credentials, 'base64').toString().split(/:(.*)/)[1] : credentials
  return world.tokens.get(value ?? '') ?? 'unknown'
}

/** Not JSON stays text, which no schema takes. */
function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return raw.toString()
  }
}
