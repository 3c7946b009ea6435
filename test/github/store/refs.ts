import type { Git } from './git.ts'
import { ZERO } from './tree.ts'

export interface Ref {
  name: string
  oid: string
  /** The type of what it points to: a tag may point to a tag object. */
  type: string
}

/** A ref before and after; undefined where it does not exist. */
export interface RefChange {
  name: string
  before?: string
  after?: string
}

/** All refs below the prefixes (`refs/heads/`), or below all that GitHub shows; ordered by name. */
export async function listRefs(git: Git, ...prefixes: string[]): Promise<Ref[]> {
  const out = await git(['for-each-ref', '--format=%(objectname) %(objecttype) %(refname)', ...prefixes])
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [oid = '', type = '', ...name] = line.split(' ')
      return { oid, type, name: name.join(' ') }
    })
}

export async function findRef(git: Git, name: string): Promise<Ref | undefined> {
  return (await listRefs(git, name)).find((ref) => ref.name === name)
}

/** All or none. A change whose `before` is not what stands (undefined: nothing stands) fails them all. */
export async function moveRefs(git: Git, changes: readonly RefChange[]): Promise<{ failed?: string }> {
  const commands = changes.map(({ name, before = ZERO, after }) =>
    after ? `update ${name}\0${after}\0${before}\0` : `delete ${name}\0${before}\0`,
  )
  const { code, stderr } = await git.try(['update-ref', '--no-deref', '-z', '--stdin'], { input: commands.join('') })
  return code === 0 ? {} : { failed: stderr.trim() }
}

/** What differs between two listings, ordered by name. */
export function refChanges(before: readonly Ref[], after: readonly Ref[]): RefChange[] {
  const old = new Map(before.map(({ name, oid }) => [name, oid]))
  const now = new Map(after.map(({ name, oid }) => [name, oid]))
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name), after: now.get(name) }))
    .filter((change) => change.before !== change.after)
}

export async function isValidRefName(git: Git, name: string): Promise<boolean> {
  return (await git.try(['check-ref-format', name])).code === 0
}
