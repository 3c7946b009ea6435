import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { overLimit } from './file-limit.ts'
import type { Git } from './git.ts'
import { INTO_GIT, LEAVES, TO_FOLDER, TO_ITSELF, TO_NOTHING } from './links.ts'
import { createTree, type Tree } from './tree.ts'
import { listUnversioned } from './unversioned.ts'

/**
 * The repository a folder belongs to: the nearest one above that holds `.git`, else the folder itself (then nothing
 * is git-ignored, and `versioned` is false).
 */
export function findRoot(folder: string): { root: string; versioned: boolean } {
  const start = realpathSync(folder)
  for (let at = start; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return { root: at, versioned: true }
    if (dirname(at) === at) return { root: start, versioned: false }
  }
}

/**
 * The working tree: what git tracks, and what it does not ignore. Without git, see `listUnversioned`.
 *
 * @param named paths that someone named: a file among them counts even if git ignores it; without git only what they
 *   need is read. None means all.
 */
export async function readWorktree(
  root: string,
  git: Git | undefined,
  limits: { file: number },
  named: readonly string[] = [],
): Promise<Tree> {
  const listed = git ? await listWithGit(git) : listUnversioned(root, named)
  const ignored = git ? await listIgnored(git) : []
  const skipped = new Map(ignored.filter((path) => !named.includes(path)).map((path) => [path, 'ignored by git']))
  const paths = [...new Set([...listed, ...named.filter((path) => isFile(join(root, path)))])]
  const load = (path: string) => loadFile(root, path, limits.file)
  return createTree(paths, load, skipped)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

async function listWithGit(git: Git): Promise<string[]> {
  const listed = await git(['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'])
  const deleted = new Set(splitZ(await git(['ls-files', '-z', '--deleted'])))
  return splitZ(listed).filter((path) => !deleted.has(path) && !path.endsWith('/'))
}

/** A folder that is ignored as a whole is one entry, with `/` at its end. */
async function listIgnored(git: Git): Promise<string[]> {
  return splitZ(await git(['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory']))
}

export function splitZ(output: Buffer): string[] {
  return output.toString('utf8').split('\0').filter(Boolean)
}

type Loaded = Uint8Array | { skipped: string }

/** Links are followed only to files inside the repository: what lies outside is not what Git will give the cluster. */
function loadFile(root: string, path: string, limit: number): Loaded {
  const full = join(root, path)
  try {
    return readRegular(full, limit)
  } catch (error) {
    if (!isLink(full)) return isGone(error, path) ? { skipped: 'gone since it was listed' } : unreadable(error, path)
  }
  try {
    return readLinked(root, realpathSync.native(full), limit)
  } catch (error) {
    return unreadable(error, path)
  }
}

function readLinked(root: string, target: string, limit: number): Loaded {
  if (!target.startsWith(root + sep)) return LEAVES
  if (target.startsWith(join(root, '.git') + sep)) return INTO_GIT
  return readRegular(target, limit)
}

/** Neither follows a link nor waits for a pipe. Where the platform cannot refuse links, they are looked for before. */
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK = 0 } = constants

/** @throws what the system says; also of a link, and then `isLink` tells. */
function readRegular(path: string, limit: number): Loaded {
  if (O_NOFOLLOW === undefined && isLink(path)) throw new Error(`${path} is a link.`)
  const file = openSync(path, O_RDONLY | (O_NOFOLLOW ?? 0) | O_NONBLOCK)
  try {
    const status = fstatSync(file)
    if (status.isDirectory()) return TO_FOLDER
    if (!status.isFile()) return { skipped: 'not a regular file' }
    return overLimit(status.size, limit) ?? readBytes(file, status.size)
  } finally {
    closeSync(file)
  }
}

function readBytes(file: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size)
  let filled = 0
  while (filled < size) {
    const read = readSync(file, bytes, filled, size - filled, null)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

function isGone(error: unknown, path: string): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' && !path.includes('\ufffd')
}

function unreadable(error: unknown, path: string): { skipped: string } {
  const code = (error as NodeJS.ErrnoException).code
  // Git and Node decode names; where that loses something, the name does not lead back to the file.
  if (code === 'ENOENT' && path.includes('\ufffd')) return { skipped: 'its name is not UTF-8; rename it' }
  if (code === 'ENOENT') return TO_NOTHING
  if (code === 'ELOOP') return TO_ITSELF
  if (code === 'ENXIO') return { skipped: 'not a regular file' }
  if (code === undefined) throw error
  return { skipped: code === 'EACCES' || code === 'EPERM' ? 'not readable' : `not readable (${code})` }
}
