/** One change of a file by a commit, as `git log --raw` has it. */
export interface FileChange {
  commit: string
  /** Committer date, in milliseconds. */
  time: number
  /** Position of the commit in the log; 0 is the newest. */
  order: number
  /** Where the file was before, and its blob; `undefined` where there was none. */
  before: { path: string; blob: string } | undefined
  after: { path: string; blob: string } | undefined
}

const COMMIT = /^([0-9a-f]{40}|[0-9a-f]{64}) (\d+)$/
const FILE_MODE = '100'

/**
 * Reads `git log --raw -z --format='%H %ct'`, newest first, into the changes of the files asked for. A file that was
 * renamed is followed to its older names.
 */
export function parseLog(output: Buffer, files: Iterable<string>): Map<string, FileChange[]> {
  const changes = new Map<string, FileChange[]>()
  const namedSo = new Map<string, string[]>()
  for (const file of files) {
    changes.set(file, [])
    namedSo.set(file, [file])
  }
  const words = output.toString('utf8').split('\0')
  const renamed: { from: string; to: string }[] = []
  let order = -1
  let commit = ''
  let time = 0
  for (let at = 0; at < words.length; at++) {
    const word = (words[at] as string).replace(/^\n+/, '')
    const [, id, seconds] = COMMIT.exec(word) ?? []
    if (id) {
      for (const names of renamed.splice(0)) rename(namedSo, names)
      commit = id
      time = Number(seconds) * 1000
      order++
    } else if (word.startsWith(':')) {
      const [modeBefore = '', modeAfter = '', before = '', after = '', status = ''] = word.slice(1).split(' ')
      const from = words[++at] as string
      const to = /^[RC]/.test(status) ? (words[++at] as string) : from
      if (status.startsWith('R')) renamed.push({ from, to })
      for (const file of namedSo.get(to) ?? []) {
        changes.get(file)?.push({
          ...{ commit, time, order },
          before: modeBefore.startsWith(FILE_MODE) ? { path: from, blob: before } : undefined,
          after: modeAfter.startsWith(FILE_MODE) ? { path: to, blob: after } : undefined,
        })
      }
    }
  }
  return changes
}

/** In older commits the file has its older name; what else had the newer name there is another file. */
function rename(namedSo: Map<string, string[]>, { from, to }: { from: string; to: string }): void {
  const files = namedSo.get(to)
  if (!files) return
  namedSo.delete(to)
  namedSo.set(from, [...(namedSo.get(from) ?? []), ...files])
}
