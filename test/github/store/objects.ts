import type { Git } from './git.ts'
import type { Reader } from './reader.ts'

/** Who and when, as a commit records it. `date` is ISO 8601 with the offset Z. */
export interface Identity {
  name: string
  email: string
  date: string
}

export interface Commit {
  oid: string
  tree: string
  parents: string[]
  author: Identity
  committer: Identity
  message: string
  /** Armoured signature, as the commit's header holds it. */
  signature?: string
}

export interface TreeEntry {
  mode: string
  type: 'blob' | 'commit' | 'tree'
  oid: string
  name: string
}

export async function readCommit(reader: Reader, name: string): Promise<Commit | undefined> {
  const object = await reader.read(`${name}^{commit}`)
  return object?.type === 'commit' ? parseCommit(object.oid, object.body.toString()) : undefined
}

function parseCommit(oid: string, text: string): Commit {
  const end = text.indexOf('\n\n')
  const headers = text.slice(0, end).replace(/\n /g, '\u0000').split('\n')
  const all = (key: string) => headers.filter((line) => line.startsWith(`${key} `)).map((l) => l.slice(key.length + 1))
  const one = (key: string) => all(key)[0] ?? ''
  const signature = all('gpgsig')[0]?.replaceAll('\u0000', '\n')
  return {
    oid,
    tree: one('tree'),
    parents: all('parent'),
    author: parseIdentity(one('author')),
    committer: parseIdentity(one('committer')),
    message: text.slice(end + 2).replace(/\n$/, ''),
    ...(signature && { signature }),
  }
}

function parseIdentity(line: string): Identity {
  const match = /^(.*) <(.*)> (\d+) [+-]\d{4}$/.exec(line)
  const date = new Date(Number(match?.[3] ?? 0) * 1000).toISOString().replace('.000Z', 'Z')
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date }
}

export async function readTree(
  reader: Reader,
  name: string,
): Promise<{ oid: string; entries: TreeEntry[] } | undefined> {
  const object = await reader.read(`${name}^{tree}`)
  if (object?.type !== 'tree') return undefined
  const entries: TreeEntry[] = []
  for (let at = 0; at < object.body.length; ) {
    const space = object.body.indexOf(32, at)
    const end = object.body.indexOf(0, space)
    const mode = object.body.toString('latin1', at, space).padStart(6, '0')
    entries.push({
      mode,
      type: mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob',
      name: object.body.toString('utf8', space + 1, end),
      oid: object.body.toString('hex', end + 1, end + 21),
    })
    at = end + 21
  }
  return { oid: object.oid, entries }
}

export function writeBlob(git: Git, content: string | Uint8Array): Promise<string> {
  return git(['hash-object', '-w', '--stdin', '--no-filters'], { input: content })
}

export interface NewCommit {
  tree: string
  parents: readonly string[]
  message: string
  author: Identity
  committer: Identity
  /** GitHub signs what it commits for an app that names no author. The stand-in's signature only looks like one. */
  signed?: boolean
}

/** Writes the object itself, because `git commit-tree` neither keeps every message nor signs without a key. */
export function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const stamp = ({ name, email, date }: Identity) => `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${stamp(commit.author)}`,
    `committer ${stamp(commit.committer)}`,
    ...(commit.signed ? [`gpgsig ${SIGNATURE.replaceAll('\n', '\n ')}`] : []),
  ]
  return git(['hash-object', '-w', '-t', 'commit', '--stdin'], { input: `${lines.join('\n')}\n\n${commit.message}` })
}

const SIGNATURE = '-----BEGIN PGP SIGNATURE-----\n\nsigned by the stand-in\n-----END PGP SIGNATURE-----'
