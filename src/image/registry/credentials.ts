const DOCKER_HUB = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/** A login as `docker login` leaves it. */
export interface Credential {
  username: string
  password: string
  /** For OAuth, in place of the password. */
  identityToken?: string
}

/** The login for a repository: `registry` as `Place` has it. */
export type Credentials = (registry: string, repository: string) => Credential | undefined

export interface ReadCredentials {
  credentials: Credentials
  /** What could not be used and why, as sentences without any value of the file. */
  notes: string[]
}

/**
 * Reads a Docker `config.json`, as docker/login-action and amazon-ecr-login leave it. Programs that the file names
 * (`credsStore`, `credHelpers`) are never run. A file that cannot be read gives no logins and a note, never an error.
 */
export function readCredentials(text: string): ReadCredentials {
  const config = parsed(text)
  if (!config) {
    return { credentials: () => undefined, notes: ['The Docker configuration is not a JSON object: it is not used.'] }
  }
  const logins = new Map<string, Credential>()
  const notes = helperNotes(config)
  for (const [key, entry] of Object.entries(recordOf(config.auths))) {
    const scope = scopeOf(key)
    const login = credentialOf(recordOf(entry))
    if (login === 'broken') notes.push(`The Docker configuration has a login for ${shown(scope)} that cannot be read.`)
    // Two spellings of one host: the plain one is the newer.
    else if (login && (scope === key || !logins.has(scope))) logins.set(scope, login)
  }
  return { credentials: (registry, repository) => narrowest(logins, `${registry}/${repository}`), notes }
}

/** The value of an `Authorization` header. An identity token stands where a password would. */
export function basic({ username, password, identityToken }: Credential): string {
  const secret = password === '' && identityToken !== undefined ? identityToken : password
  return `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`
}

/** A key may name a path below the host, as in containers-auth.json: the longest that fits is meant. */
function narrowest(logins: ReadonlyMap<string, Credential>, name: string): Credential | undefined {
  for (let scope = name; scope !== ''; scope = scope.slice(0, Math.max(scope.lastIndexOf('/'), 0))) {
    const login = logins.get(scope)
    if (login) return login
  }
  return undefined
}

/** Docker Hub stands in the file as `https://index.docker.io/v1/`. */
function scopeOf(key: string): string {
  const plain = key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '')
  const [host = '', ...path] = plain.split('/')
  const registry = DOCKER_HUB.has(host.toLowerCase()) ? 'docker.io' : host.toLowerCase()
  return [registry, ...path].join('/')
}

function credentialOf(entry: Record<string, unknown>): Credential | 'broken' | undefined {
  const identityToken = textOf(entry.identitytoken)
  const username = textOf(entry.username)
  const password = textOf(entry.password)
  const auth = textOf(entry.auth)
  const token = identityToken === undefined ? {} : { identityToken }
  if (auth !== undefined) {
    // Docker pads with NUL.
    const decoded = Buffer.from(auth, 'base64').toString().replace(/\0+$/, '')
    const colon = decoded.indexOf(':')
    if (colon < 1) return 'broken'
    return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1), ...token }
  }
  if (username !== undefined && password !== undefined) return { username, password, ...token }
  return identityToken === undefined ? undefined : { username: username ?? '<token>', password: '', identityToken }
}

function helperNotes(config: Record<string, unknown>): string[] {
  const hosts = Object.keys(recordOf(config.credHelpers))
  const named = [
    ...(textOf(config.credsStore) === undefined ? [] : ['credsStore']),
    ...(hosts.length === 0
      ? []
      : [`credHelpers for ${hosts.slice(0, 5).map(shown).join(', ')}${hosts.length > 5 ? ', …' : ''}`]),
  ]
  if (named.length === 0) return []
  const cure = 'log in with docker/login-action, which writes the login into the file'
  return [`The Docker configuration names programs that hold logins (${named.join('; ')}). They are not run: ${cure}.`]
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    // The message of the error would quote the file.
    return undefined
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function shown(host: string): string {
  return /^[\w.:/[\]-]{1,100}$/.test(host) ? host : 'a name that is no host'
}
