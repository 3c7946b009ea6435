import { existsSync, realpathSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { UsageError } from '../report/failure.ts'
import { findRoot } from './worktree.ts'

/** The repository a run is about, and the PATHs relative to its root (`''` is the root itself). */
export interface Scope {
  root: string
  versioned: boolean
  paths: readonly string[]
}

/**
 * Finds the repository from the working directory; when the PATHs all lie elsewhere, from them. A PATH that does not
 * exist is a usage error.
 */
export function findScope(workingDirectory: string, paths: readonly string[]): Scope {
  const full = paths.map((path) => resolve(workingDirectory, path))
  for (const [index, path] of full.entries()) {
    if (!existsSync(path))
      throw new UsageError(`There is no ${paths[index]} in ${workingDirectory}; name a file or folder that exists.`)
  }
  const real = full.map((path, index) => realPath(path, paths[index] as string))
  const here = findRoot(workingDirectory)
  for (const [index, path] of full.entries()) {
    if (isBelow(path, here.root) && !isBelow(real[index] as string, here.root))
      throw new UsageError(`${paths[index]} is a link to a place outside the repository; name what it points to.`)
  }
  const chosen =
    real.length > 0 && real.every((path) => !isBelow(path, here.root)) ? findRoot(folderFor(real[0] as string)) : here
  const inside = real.map((path, index) => {
    if (isBelow(path, chosen.root)) return relative(chosen.root, path).split(sep).join('/')
    throw new UsageError(
      `${paths[index]} lies outside the repository ${chosen.root}; run gitops from the repository it belongs to.`,
    )
  })
  return { ...chosen, paths: inside }
}

function realPath(path: string, written: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    throw new UsageError(`${written} is no file or folder; pass - to read standard input.`, { cause: error })
  }
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)
}

function folderFor(path: string): string {
  return statSync(path).isDirectory() ? path : resolve(path, '..')
}
