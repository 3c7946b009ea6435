import { type Listener, type Served, serve } from './serve.ts'

export interface Users {
  /** Passwords by name. */
  passwords?: Readonly<Record<string, string>>
  identityTokens?: readonly string[]
  /** Repositories that nobody in particular may pull. */
  open?: (repository: string) => boolean
}

export interface TokenServiceOptions extends Users {
  /** What the answer calls the token. */
  field?: 'token' | 'access_token'
  /** Makes the token that lets pull from a repository; a plain number unless given. */
  issue?: (repository: string) => string
  /** Whether it knows OAuth, that is POST. */
  oauth?: boolean
  /** Answers instead of the service where it answers at all. */
  fault?: Listener
}

export interface TokenService extends Served {
  /** What each token that was given away opens. */
  scopes: ReadonlyMap<string, string>
}

/** The token service of the distribution specification: by GET with a login or none, and by POST as OAuth has it. */
export async function startTokenService(options: TokenServiceOptions = {}): Promise<TokenService> {
  const scopes = new Map<string, string>()
  const served = await serve((call, response) => {
    if (options.fault) return options.fault(call, response)
    const post = call.method === 'POST'
    if (post && options.oauth === false) return void response.writeHead(404).end()
    const asked = post ? new URLSearchParams(call.body) : new URL(call.path, 'http://service').searchParams
    const [, repository = ''] = /^repository:([^:]+):pull$/.exec(asked.get('scope') ?? '') ?? []
    const allowed = post
      ? asked.get('grant_type') === 'refresh_token' &&
        !!options.identityTokens?.includes(`${asked.get('refresh_token')}`)
      : (isUser(call.authorization, options) ?? options.open?.(repository) ?? false)
    if (!allowed || repository === '') return void response.writeHead(401).end('{"errors":[]}')
    const token = options.issue?.(repository) ?? `token-${scopes.size + 1}`
    scopes.set(token, repository)
    response.end(JSON.stringify({ [options.field ?? 'token']: token, expires_in: 300 }))
  })
  return { ...served, scopes }
}

/** Whether the login of a Basic header is right; `undefined` where there is none. */
export function isUser(authorization: string | undefined, { passwords = {}, identityTokens = [] }: Users) {
  if (authorization === undefined) return undefined
  const [scheme, encoded = ''] = authorization.split(' ')
  const [name = '', ...password] = Buffer.from(encoded, 'base64').toString().split(':')
  const secret = password.join(':')
  return scheme === 'Basic' && (passwords[name] === secret || identityTokens.includes(secret))
}
