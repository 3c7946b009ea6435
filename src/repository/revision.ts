import { Refusal } from '../report/failure.ts'
import type { Git } from './git.ts'
import { createTree, type Tree } from './tree.ts'
import { splitZ } from './worktree.ts'

/**
 * The files of one commit, from Git's objects alone: nothing is checked out, no filter runs. All blobs are read in one
 * `cat-file --batch`.
 */
export async function readRevision(git: Git, revision: string): Promise<Tree> {
  const entries = parseListing(await git(['ls-tree', '-r', '-z', '--full-tree', revision]))
  const files = entries.filter((entry) => entry.type === 'blob' && entry.mode !== '120000')
  const skipped = new Map<string, string>()
  for (const entry of entries) {
    if (entry.mode === '120000') skipped.set(entry.path, 'a link')
    else if (entry.type === 'commit') skipped.set(entry.path, 'a submodule')
  }
  const blobs = await readBlobs(git, [...new Set(files.map((file) => file.id))])
  const idOf = new Map(files.map((file) => [file.path, file.id]))
  const load = (path: string) => blobs.get(idOf.get(path) as string) ?? { skipped: 'not among the files read' }
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

async function readBlobs(git: Git, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  const blobs = new Map<string, Uint8Array>()
  if (ids.length === 0) return blobs
  const output = await git(['cat-file', '--batch'], { input: `${ids.join('\n')}\n` })
  let at = 0
  for (const id of ids) {
    const end = output.indexOf(10, at)
    const header = output.toString('latin1', at, end).split(' ')
    if (header[1] === 'missing') {
      throw new Refusal(
        'A file of the revision is missing in this clone; fetch it without --filter, or use fetch-depth: 0.',
      )
    }
    const size = Number(header[2])
    blobs.set(id, output.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 1
  }
  return blobs
}
