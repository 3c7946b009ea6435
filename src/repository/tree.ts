import { folderOf, nameOf } from './path.ts'

/**
 * The files of a repository at one moment: the working tree, a revision, or standard input. Paths are relative to the
 * repository root, with `/`. Bytes are read once and kept, so that what was checked is what is reported.
 */
export interface Tree {
  /** Every file that counts, sorted. Ignored files, `.git` and what is not a regular file are not among them. */
  readonly paths: readonly string[]
  has(path: string): boolean
  /** Whether any file lies below this folder. `''` is the root. */
  isFolder(path: string): boolean
  /** The names directly in a folder. */
  list(folder: string): readonly string[]
  /** The bytes of a file, or `undefined` where there is none or it cannot be read (`skipped` says why). */
  read(path: string): Uint8Array | undefined
  /** Paths that were left out, and why. */
  readonly skipped: ReadonlyMap<string, string>
}

/** Builds a tree over a list of paths and something that reads one. */
export function createTree(
  paths: readonly string[],
  load: (path: string) => Uint8Array | { skipped: string } | undefined,
  skipped: Map<string, string> = new Map(),
): Tree {
  const sorted = [...paths].sort(comparePaths)
  const known = new Set(sorted)
  const bytes = new Map<string, Uint8Array | undefined>()
  let folders: Map<string, string[]> | undefined
  const byFolder = () => {
    folders ??= foldersOf(sorted)
    return folders
  }
  return {
    paths: sorted,
    skipped,
    has: (path) => known.has(path),
    isFolder: (path) => byFolder().has(path),
    list: (folder) => byFolder().get(folder) ?? [],
    read(path) {
      if (!known.has(path)) return undefined
      if (!bytes.has(path)) {
        const loaded = load(path)
        if (loaded && 'skipped' in loaded) skipped.set(path, loaded.skipped)
        bytes.set(path, loaded && 'skipped' in loaded ? undefined : loaded)
      }
      return bytes.get(path)
    },
  }
}

/** A tree with some files replaced or added, such as the edits of a change that nobody has committed yet. */
export function overlayTree(tree: Tree, files: ReadonlyMap<string, Uint8Array>): Tree {
  const paths = new Set([...tree.paths, ...files.keys()])
  const skipped = new Map([...tree.skipped].filter(([path]) => !files.has(path)))
  const load = (path: string) => {
    const bytes = files.get(path) ?? tree.read(path)
    const reason = bytes ? undefined : tree.skipped.get(path)
    return reason === undefined ? bytes : { skipped: reason }
  }
  return createTree([...paths], load, skipped)
}

/** By UTF-16 units, the same on every machine and in every locale. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function foldersOf(paths: readonly string[]): Map<string, string[]> {
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const path of paths) {
    let child = path
    while (child !== '') {
      const folder = folderOf(child)
      const names = folders.get(folder)
      names?.add(nameOf(child))
      if (names && child !== path && names.size > 1) break
      if (!names) folders.set(folder, new Set([nameOf(child)]))
      child = folder
    }
  }
  return new Map([...folders].map(([folder, names]) => [folder, [...names]]))
}
