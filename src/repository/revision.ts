import { Refusal } from '../report/failure.ts'
import type { Git } from './git.ts'
import { isLinkEntry, listEntries, readBlobs } from './objects.ts'
import { createTree, type Tree } from './tree.ts'

/**
 * The files of one commit, from Git's objects alone: nothing is checked out, no filter runs, no link is followed. All blobs
 * are read in one `cat-file --batch`. In a clone with `--filter`, reading a file that is not there throws a `Refusal`: most
 * of what such clones leave out (media, archives) is never asked for.
 */
export async function readRevision(git: Git, revision: string): Promise<Tree> {
  const entries = await listEntries(git, revision)
  const files = entries.filter((entry) => entry.type === 'blob' && !isLinkEntry(entry))
  const skipped = new Map<string, string>()
  for (const entry of entries) {
    if (isLinkEntry(entry)) skipped.set(entry.path, 'a link')
    else if (entry.type === 'commit') skipped.set(entry.path, 'a submodule')
  }
  const blobs = await readBlobs(git, revision, files)
  const idOf = new Map(files.map((file) => [file.path, file.id]))
  return createTree([...idOf.keys()], (path) => blobs.get(idOf.get(path) as string) ?? missing(path), skipped)
}

/** The full id of a commit, or a `Refusal` that says how to have it. */
export async function resolveCommit(git: Git, revision: string): Promise<string> {
  const found = await git.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (found.code === 0) return found.stdout.toString('utf8').trim()
  const shallow = (await git.try(['rev-parse', '--is-shallow-repository'])).stdout.toString('utf8').trim() === 'true'
  const depth = 'check out with fetch-depth: 2 (or 0), or fetch it'
  const cure = shallow ? depth : `correct its name, ${depth}`
  throw new Refusal(`The revision ${JSON.stringify(revision)} is not in this clone; ${cure}.`)
}

/** @throws Refusal: the clone lacks the file. */
export function missing(path: string): never {
  throw new Refusal(`${JSON.stringify(path)} is missing in this clone; fetch it without --filter.`)
}
