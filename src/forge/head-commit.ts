/** A commit as a branch's head. */
export interface HeadCommit {
  id: string
  parents: readonly string[]
  /** E-mail addresses. */
  author: string
  committer: string
  message: string
  /** Path → id of the blob after it; `undefined` where the file is deleted. */
  changed: ReadonlyMap<string, string | undefined>
}

/**
 * Reads `git log -z --raw` with the fields id, parents, author, committer and message. A commit's fields are followed by its
 * changes, if any, two fields each; the next commit's id never looks like one.
 */
export function parseHeads(log: Buffer): HeadCommit[] {
  const fields = log.toString('utf8').split('\0')
  const commits: HeadCommit[] = []
  let at = 0
  while (at + 4 < fields.length) {
    const [id = '', parents = '', author = '', committer = '', message = ''] = fields.slice(at, at + 5)
    const changed = new Map<string, string | undefined>()
    at += 5
    while (true) {
      const change = /^\n?:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([A-Z])/.exec(fields[at] ?? '')
      if (!change) break
      changed.set(fields[at + 1] as string, change[2] === 'D' ? undefined : change[1])
      at += 2
    }
    commits.push({ id, parents: parents.split(' ').filter(Boolean), author, committer, message, changed })
  }
  return commits
}
