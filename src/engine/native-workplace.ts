import { linkSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { EngineFailure } from './engines.ts'

/** A temporary folder of our own with the files of a revision, for tools that read from a disk. */
export interface Workplace {
  /** The files as they are. */
  readonly tree: string
  /** The files again, in which kustomizations may be changed; made when first asked for. */
  tracked(): string
  readonly home: string
  readonly temporary: string
  /** Programs that are found before those of PATH. */
  readonly bin: string
  /** An empty folder to start tools in. */
  readonly start: string
  /** The path of a temporary file that does not exist yet. */
  fresh(name: string): string
  /** Takes the place of a file, without touching what else is linked to its content. */
  replace(file: string, content: string): void
  /** Messages with paths of the repository instead of ours. */
  relative(message: string): string
  remove(): void
}

/** @param parent an existing folder for temporary files, outside the repository. */
export function makeWorkplace(parent: string, files: ReadonlyMap<string, Uint8Array>): Workplace {
  // The tools resolve links before they print a path.
  const root = mkdtempSync(join(realpathSync(parent), 'gitops-native-'))
  const place = (name: string) => join(root, name)
  for (const folder of ['tree', 'home', 'temporary', 'bin', 'start']) mkdirSync(place(folder), { mode: 0o700 })
  const paths = [...files.keys()].filter(isInside)
  const copyTo = (tree: string, write: (path: string, target: string) => void) => {
    for (const folder of new Set(paths.map(dirname))) mkdirSync(join(tree, folder), { recursive: true, mode: 0o700 })
    for (const path of paths) write(path, join(tree, path))
  }
  let count = 0
  let linked = false
  const workplace: Workplace = {
    tree: place('tree'),
    tracked() {
      if (!linked) copyTo(place('tracked'), (path, target) => linkSync(join(place('tree'), path), target))
      linked = true
      return place('tracked')
    },
    home: place('home'),
    temporary: place('temporary'),
    bin: place('bin'),
    start: place('start'),
    fresh: (name) => join(place('temporary'), `${count++}-${name}`),
    replace(file, content) {
      const fresh = workplace.fresh('replacement')
      writeFileSync(fresh, content, { mode: 0o600 })
      renameSync(fresh, file)
    },
    relative: (message) =>
      message
        .replaceAll(new RegExp(`${literally(place('temporary'))}/kustomize-[\\w-]*\\d+`, 'g'), '<fetched>')
        .replaceAll(new RegExp(`${literally(root)}/(?:tree|tracked|temporary|home|start)/`, 'g'), '')
        .replaceAll(new RegExp(`${literally(root)}/(?:tree|tracked|start)`, 'g'), '.')
        .replaceAll(`${place('bin')}/`, ''),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  }
  try {
    // Not executable, whatever they were.
    copyTo(workplace.tree, (path, target) =>
      writeFileSync(target, files.get(path) as Uint8Array, { mode: 0o600, flag: 'wx' }),
    )
  } catch (error) {
    workplace.remove()
    throw error
  }
  return workplace
}

/** Whether a path stays in the tree: what leaves it would be read from, or written to, the machine. */
export function isInside(path: string): boolean {
  return !path.startsWith('/') && !posix.normalize(path).startsWith('..') && !path.includes('\0')
}

export function outside(title: string): EngineFailure {
  return { ok: false, reason: 'failed', message: `${title}: the path lies outside the repository.`, warnings: [] }
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
