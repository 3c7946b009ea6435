import type { Git } from './git.ts'
import { splitZ } from './worktree.ts'

/** One path of a commit. */
export interface Entry {
  /** `120000` is a link, whose blob is the path that it leads to. */
  mode: string
  /** `blob`, or `commit` for a submodule. */
  type: string
  id: string
  /** Relative to the repository root. */
  path: string
}

export function isLinkEntry({ mode }: Entry): boolean {
  return mode === '120000'
}

/** Every file, link and submodule of a commit. */
export async function listEntries(git: Git, revision: string): Promise<Entry[]> {
  return splitZ(await git(['ls-tree', '-r', '-z', '--full-tree', revision])).map((line) => {
    const tab = line.indexOf('\t')
    const [mode = '', type = '', id = ''] = line.slice(0, tab).split(' ')
    return { mode, type, id, path: line.slice(tab + 1) }
  })
}

/** The bytes of blobs of a commit by id, in one `cat-file --batch`; what a partial clone leaves out is not among them. */
export async function readBlobs(
  git: Git,
  revision: string,
  entries: readonly Entry[],
): Promise<Map<string, Uint8Array>> {
  const ids = [...new Set(entries.map(({ id }) => id))]
  if (ids.length === 0) return new Map()
  const read = await readAll(git, ids)
  if (read) return read
  // In a clone with --filter Git ends at the first file that it would have to fetch.
  const missing = await missingIn(git, revision)
  const present = ids.filter((id) => !missing.has(id))
  return present.length === 0 ? new Map() : parseBlobs(await git(['cat-file', '--batch'], inputOf(present)), present)
}

async function readAll(git: Git, ids: readonly string[]): Promise<Map<string, Uint8Array> | undefined> {
  const { code, stdout } = await git.try(['cat-file', '--batch'], inputOf(ids))
  return code === 0 ? parseBlobs(stdout, ids) : undefined
}

async function missingIn(git: Git, revision: string): Promise<Set<string>> {
  const listing = await git(['rev-list', '--objects', '--missing=print', '--no-object-names', `${revision}^{tree}`])
  const lines = listing.toString('latin1').split('\n')
  return new Set(lines.flatMap((line) => (line.startsWith('?') ? line.slice(1) : [])))
}

function inputOf(ids: readonly string[]) {
  return { input: `${ids.join('\n')}\n` }
}

function parseBlobs(output: Buffer, ids: readonly string[]): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>()
  let at = 0
  for (const id of ids) {
    const end = output.indexOf(10, at)
    const [, type, length] = output.toString('latin1', at, end).split(' ')
    at = end + 1
    if (type === 'missing') continue
    const size = Number(length)
    blobs.set(id, output.subarray(at, at + size))
    at += size + 1
  }
  return blobs
}
