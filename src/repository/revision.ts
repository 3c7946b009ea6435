import { Refusal } from '../report/failure.ts'
import type { Git } from './git.ts'
import { createTree, type Tree } from './tree.ts'
import { splitZ } from './worktree.ts'

/**
 * The files of one commit, from Git's objects alone: nothing is checked out, no filter runs. All blobs are read in one
 * `cat-file --batch`. In a clone with `--filter`, reading a file that is not there throws a `Refusal`: most of what such
 * clones leave out (media, archives) is never asked for.
 */
export async function readRevision(git: Git, revision: string): Promise<Tree> {
  const entries = parseListing(await git(['ls-tree', '-r', '-z', '--full-tree', revision]))
  const files = entries.filter((entry) => entry.type === 'blob' && entry.mode !== '120000')
  const skipped = new Map<string, string>()
  for (const entry of entries) {
    if (entry.mode === '120000') skipped.set(entry.path, 'a link')
    else if (entry.type === 'commit') skipped.set(entry.path, 'a submodule')
  }
  const blobs = await readBlobs(git, revision, [...new Set(files.map((file) => file.id))])
  const idOf = new Map(files.map((file) => [file.path, file.id]))
  const load = (path: string) => {
    const bytes = blobs.get(idOf.get(path) as string)
    if (!bytes) throw missingFile(path)
    return bytes
  }
  return createTree([...idOf.keys()], load, skipped)
}

/** The full id of a commit, or a `Refusal` that says how to have it. */
export async function resolveCommit(git: Git, revision: string): Promise<string> {
  const found = await git.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (found.code === 0) return found.stdout.toString('utf8').trim()
  throw new Refusal(
    `The revision ${JSON.stringify(revision)} is not in this clone; check out with fetch-depth: 2 (or 0), or fetch it.`,
  )
}

function missingFile(path: string): Refusal {
  return new Refusal(`${JSON.stringify(path)} is missing in this clone; fetch it without --filter.`)
}

interface Entry {
  mode: string
  type: string
  id: string
  path: string
}

function parseListing(output: Buffer): Entry[] {
  return splitZ(output).map((line) => {
    const tab = line.indexOf('\t')
    const [mode = '', type = '', id = ''] = line.slice(0, tab).split(' ')
    return { mode, type, id, path: line.slice(tab + 1) }
  })
}

async function readBlobs(git: Git, revision: string, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
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
