import { anyGlob } from '../config/glob.ts'
import { isWithin } from '../repository/path.ts'
import type { Tree } from '../repository/tree.ts'
import { isKustomizationFile } from './kustomization.ts'

/** The files a run looks at, and those it passes over, with the reason. */
export interface Selection {
  /** Every file below the PATHs that counts, sorted. */
  readonly files: ReadonlySet<string>
  /** Folders that were named as PATH: a kustomization there is rendered even if others list it. */
  readonly named: ReadonlySet<string>
  readonly skipped: ReadonlyMap<string, string>
}

/**
 * Chooses files by the contract: below PATH, not in `node_modules` or a dot-folder, not ignored. A file that is named
 * is chosen whatever it is called.
 *
 * @param paths relative to the repository root; `''` is the root.
 */
export function select(tree: Tree, paths: readonly string[], ignore: readonly string[]): Selection {
  const files = new Set<string>()
  const skipped = new Map<string, string>()
  const ignored = anyGlob(ignore)
  for (const path of paths) {
    if (tree.has(path)) files.add(path)
  }
  const folders = paths.filter((path) => !tree.has(path))
  for (const file of tree.paths) {
    const folder = folders.find((each) => isWithin(file, each))
    if (folder === undefined || files.has(file) || !isCandidate(file)) continue
    const reason =
      passedOver(file.slice(folder === '' ? 0 : folder.length + 1)) ?? (ignored(file) ? 'ignored' : undefined)
    if (reason) skipped.set(file, reason)
    else files.add(file)
  }
  return { files, named: new Set(folders), skipped }
}

/** The files that may hold manifests, or say how to render some. */
export function isCandidate(file: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(file) || isKustomizationFile(file)
}

function passedOver(relative: string): string | undefined {
  const folders = relative.split('/').slice(0, -1)
  if (folders.includes('node_modules')) return 'in node_modules'
  return folders.some((folder) => folder.startsWith('.')) ? 'in a dot-folder' : undefined
}
