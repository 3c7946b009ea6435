/** As many as Linux follows on one way. */
const MOST_LINKS = 40

/** Why a link is not read, in the same words for a working tree and for a commit. */
export const LEAVES = { skipped: 'a link that leaves the repository' } as const
export const INTO_GIT = { skipped: 'a link into .git' } as const
export const TO_NOTHING = { skipped: 'a link to nothing' } as const
export const TO_ITSELF = { skipped: 'a link to itself' } as const
export const TO_FOLDER = { skipped: 'a submodule or a link to a folder' } as const

/**
 * Where a path leads once every link on its way is followed, relative to the repository root; or why nowhere.
 *
 * @param links what each link of the repository says, by its path
 */
export function followLinks(path: string, links: ReadonlyMap<string, string>): { path: string } | { skipped: string } {
  let rest = path.split('/')
  const at: string[] = []
  for (let followed = 0; rest.length > 0; ) {
    const [segment = '', ...next] = rest
    rest = next
    if (segment === '' || segment === '.') continue
    if (segment === '..') {
      if (at.pop() === undefined) return LEAVES
      continue
    }
    const target = links.get([...at, segment].join('/'))
    if (target === undefined) at.push(segment)
    else if (target.startsWith('/')) return LEAVES
    else if (++followed > MOST_LINKS) return TO_ITSELF
    else rest = [...target.split('/'), ...rest]
  }
  return at[0] === '.git' ? INTO_GIT : { path: at.join('/') }
}
