import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Git } from './git.ts'

/** A change of one path: a blob or submodule to put there, or `oid: null` to remove what is there. */
export interface TreeChange {
  path: string
  mode: string
  oid: string | null
}

/** Writes the tree that `base` (a tree, or none) becomes through `changes`. Whole trees (mode 040000) are read in. */
export async function writeTree(git: Git, base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'github-index-'))
  const env = { GIT_INDEX_FILE: join(folder, 'index') }
  try {
    await git(base ? ['read-tree', base] : ['read-tree', '--empty'], { env })
    for (const { path, oid } of changes.filter(({ mode }) => mode === '040000')) {
      if (oid) await git(['read-tree', `--prefix=${path}/`, oid], { env })
    }
    const lines = changes
      .filter(({ mode }) => mode !== '040000')
      .map(({ path, mode, oid }) => (oid ? `${mode} ${oid}\t${path}\0` : `0 ${ZERO}\t${path}\0`))
    await git(['update-index', '-z', '--index-info'], { env, input: lines.join('') })
    return await git(['write-tree'], { env })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export const ZERO = '0'.repeat(40)
