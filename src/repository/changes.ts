import type { Git } from './git.ts'
import { splitZ } from './worktree.ts'

/** Lines of a file, from 1, both ends included. */
export type LineRange = readonly [from: number, to: number]

/**
 * Which lines of the working tree differ from a revision, by file. A file only deleted is absent. Used to put
 * annotations where the pull request's reader looks.
 */
export async function changedLines(git: Git, base: string): Promise<Map<string, LineRange[]>> {
  const diff = await git(['diff', '--unified=0', ...PLAIN, '--no-renames', '--src-prefix=a/', '--dst-prefix=b/', base])
  return parseDiff(diff.toString('utf8'))
}

/** The files that the working tree has by another path than the revision: now → before, as git sees renames. */
export async function renamedFiles(git: Git, base: string): Promise<Map<string, string>> {
  const listed = splitZ(await git(['diff', '--name-status', '-z', ...PLAIN, '--find-renames', '--diff-filter=R', base]))
  const renamed = new Map<string, string>()
  for (let at = 0; at + 2 < listed.length; at += 3) renamed.set(listed[at + 2] as string, listed[at + 1] as string)
  return renamed
}

/** Whatever the user's git is set to. */
const PLAIN = ['--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '--ignore-submodules=all']

/** Reads the file names and hunk headers of a unified diff without context. */
export function parseDiff(diff: string): Map<string, LineRange[]> {
  const changed = new Map<string, LineRange[]>()
  let ranges: LineRange[] | undefined
  let content = 0
  for (const line of diff.split('\n')) {
    // What stands in a hunk may look like a header.
    if (content > 0) {
      if (!line.startsWith('\\')) content--
      continue
    }
    if (line.startsWith('+++ ')) {
      const file = newName(line.slice(4))
      ranges = file === undefined ? undefined : []
      if (file !== undefined && ranges) changed.set(file, ranges)
      continue
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line)
    if (!hunk) continue
    const from = Number(hunk[2])
    const count = Number(hunk[3] ?? 1)
    content = Number(hunk[1] ?? 1) + count
    if (!ranges) continue
    if (count > 0) ranges.push([from, from + count - 1])
  }
  return changed
}

/** git quotes names with unusual characters as C strings. */
function newName(written: string): string | undefined {
  const name = written.startsWith('"') ? unquote(written) : written.replace(/\t$/, '')
  return name === '/dev/null' ? undefined : name.replace(/^b\//, '')
}

function unquote(written: string): string {
  const bytes: number[] = []
  const body = written.slice(1, written.lastIndexOf('"'))
  const simple: Record<string, number> = { n: 10, t: 9, r: 13, '"': 34, '\\': 92, a: 7, b: 8, f: 12, v: 11 }
  for (let at = 0; at < body.length; at++) {
    if (body[at] !== '\\') {
      bytes.push(...Buffer.from(body[at] as string))
      continue
    }
    const octal = /^[0-7]{3}/.exec(body.slice(at + 1))
    if (octal) {
      bytes.push(Number.parseInt(octal[0], 8))
      at += 3
    } else bytes.push(simple[body[++at] as string] ?? 63)
  }
  return Buffer.from(bytes).toString('utf8')
}
