import type { Git } from './git.ts'

/** One file of a diff, with the hunks that GitHub calls its patch (none for binary files). */
export interface FileChange {
  path: string
  previous?: string
  status: 'added' | 'modified' | 'removed' | 'renamed'
  oid: string
  additions: number
  deletions: number
  patch?: string
}

const STATUS = { A: 'added', D: 'removed', M: 'modified', R: 'renamed', T: 'modified' } as const

/** The files that differ between two trees or commits. `from: undefined` is the empty tree. */
export async function diffFiles(git: Git, from: string | undefined, to: string): Promise<FileChange[]> {
  const range = [from ?? EMPTY_TREE, to]
  const options = ['--no-textconv', '--no-ext-diff', '-M', '--no-abbrev']
  const raw = (await git(['diff', ...options, '--raw', '-z', ...range])).split('\0').filter(Boolean)
  const files: FileChange[] = []
  for (let at = 0; at < raw.length; at++) {
    const [, , oldOid = '', newOid = '', letter = 'M'] = (raw[at] as string).split(' ')
    const status = STATUS[letter[0] as keyof typeof STATUS]
    const previous = status === 'renamed' ? raw[++at] : undefined
    const path = raw[++at] as string
    files.push({ path, previous, status, oid: status === 'removed' ? oldOid : newOid, additions: 0, deletions: 0 })
  }
  const patches = splitPatches(await git(['diff', ...options, '-p', ...range]))
  return files.map((file, index) => ({ ...file, ...patches[index] }))
}

/** One entry per file, in the order of `--raw`. */
function splitPatches(text: string): { additions: number; deletions: number; patch?: string }[] {
  return text
    .split(/^diff --git .*\n/m)
    .slice(1)
    .map((section) => {
      const start = section.search(/^@@ /m)
      const patch = start < 0 ? undefined : section.slice(start).replace(/\n$/, '')
      const count = (sign: string) => patch?.split('\n').filter((line) => line.startsWith(sign)).length ?? 0
      return { additions: count('+'), deletions: count('-'), patch }
    })
}

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
