import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Git } from '../../repository/git.ts'
import type { BranchChange } from '../forge.ts'
import { modeOf, modesAt } from '../modes.ts'

/**
 * The tree of the base with some files changed, each in its mode. The index it is made in is a file of its own.
 *
 * @throws Declined where a link or submodule stands in the place of a file.
 */
export async function writeTree(git: Git, { base, files }: Pick<BranchChange, 'base' | 'files'>): Promise<string> {
  const modes = await modesAt(
    git,
    base.commit,
    files.map(({ path }) => path),
  )
  const entries: string[] = []
  for (const { path, after } of files)
    entries.push(`${modeOf(path, modes, base)} ${await writeBlob(git, after)}\t${path}\0`)
  const folder = await mkdtemp(join(tmpdir(), 'gitops-index-'))
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index'), ...WHOLE_INDEX }
    await git(['read-tree', '--end-of-options', base.commit], { env })
    await git(['update-index', '-z', '--index-info'], { env, input: entries.join('') })
    // In a partial clone blobs that nobody changes may be missing.
    return (await git(['write-tree', '--missing-ok'], { env })).toString('utf8').trim()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Without filters: `core.autocrlf` and attributes of the clone would change the bytes. */
async function writeBlob(git: Git, bytes: Uint8Array): Promise<string> {
  return (await git(['hash-object', '-w', '--no-filters', '--stdin'], { input: bytes })).toString('utf8').trim()
}

/** A split index would put its other half beside the user's, a sparse one leave files out. */
const WHOLE_INDEX = {
  GIT_CONFIG_COUNT: '3',
  GIT_CONFIG_KEY_0: 'core.splitIndex',
  GIT_CONFIG_VALUE_0: 'false',
  GIT_CONFIG_KEY_1: 'index.sparse',
  GIT_CONFIG_VALUE_1: 'false',
  GIT_CONFIG_KEY_2: 'core.sparseCheckout',
  GIT_CONFIG_VALUE_2: 'false',
}
