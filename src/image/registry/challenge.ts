/** One way in that a `WWW-Authenticate` header offers. */
export interface Challenge {
  /** In lower case: `bearer`, `basic`. */
  scheme: string
  /** Names in lower case; the first of a name counts. */
  parameters: ReadonlyMap<string, string>
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const PARAMETER = new RegExp(`[\\s,]*(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]*))`, 'y')
const SCHEME = new RegExp(`[\\s,]*(${TOKEN})(?=[\\s,]|$)`, 'y')

/** Reads a `WWW-Authenticate` header (RFC 9110, 11.6.1), as far as it is one: several challenges may stand in it. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(header)
    if (match) at = pattern.lastIndex
    return match
  }
  while (at < header.length) {
    const open = challenges.at(-1)
    const parameter = open ? take(PARAMETER) : null
    if (open && parameter) {
      const [, name = '', quoted, plain = ''] = parameter
      const known = open.parameters.has(name.toLowerCase())
      if (!known) open.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain)
      continue
    }
    const scheme = take(SCHEME)
    if (!scheme) break
    challenges.push({ scheme: `${scheme[1]}`.toLowerCase(), parameters: new Map() })
  }
  return challenges
}
