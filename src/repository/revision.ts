import { Refusal } from '../report/failure.ts'
import { nearest } from '../report/nearest.ts'
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
  const found = await findCommit(git, revision)
  if (found !== undefined) return found
  const names = await listNames(git)
  if ((revision === 'HEAD' || names.length === 0) && (await findCommit(git, 'HEAD')) === undefined)
    throw new Refusal('There is no commit yet in this clone; commit first.')
  const shallow = (await git.try(['rev-parse', '--is-shallow-repository'])).stdout.toString('utf8').trim() === 'true'
  const depth = 'check out with fetch-depth: 2 (or 0), or fetch it'
  const cure = shallow ? depth : `correct its name, ${depth}`
  const meant = nameMeant(revision, names)
  const hint = meant === undefined ? cure : `did you mean ${meant}? If not, ${cure}`
  throw new Refusal(`The revision ${JSON.stringify(revision)} is not in this clone; ${hint}.`)
}

async function findCommit(git: Git, revision: string): Promise<string | undefined> {
  const found = await git.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  return found.code === 0 ? found.stdout.toString('utf8').trim() : undefined
}

/** Branches, those of remotes too, and tags. */
async function listNames(git: Git): Promise<string[]> {
  const listed = await git(['for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads', 'refs/remotes', 'refs/tags'])
  return listed.toString('utf8').split('\n').filter(Boolean)
}

/** Actions check out one branch, and that of the remote only: `main` may be there as `origin/main`. */
function nameMeant(revision: string, names: readonly string[]): string | undefined {
  const bare = (name: string) => name.replace(/^origin\//, '')
  return nearest(revision, names) ?? names.find((name) => bare(name) === nearest(revision, names.map(bare)))
}

/** @throws Refusal: the clone lacks the file. */
export function missing(path: string): never {
  throw new Refusal(`${JSON.stringify(path)} is missing in this clone; fetch it without --filter.`)
}
