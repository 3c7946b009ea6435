import type { Git } from '../../repository/git.ts'
import type { BranchChange } from '../forge.ts'
import { modeOf, modesAt } from '../modes.ts'

/** One changed file as `git/trees` takes it. */
export type TreeEntry = { path: string; mode: string; type: 'blob' } & ({ content: string } | { sha: string })

/**
 * Files with the mode that they have in the base; a text goes inline, anything else as a blob of its own.
 *
 * @param blob writes one and returns its id.
 * @throws Declined where a link or submodule stands in the place of a file.
 */
export async function treeEntries(
  git: Git,
  { base, files }: Pick<BranchChange, 'base' | 'files'>,
  blob: (bytes: Uint8Array) => Promise<string>,
): Promise<TreeEntry[]> {
  const modes = await modesAt(
    git,
    base.commit,
    files.map(({ path }) => path),
  )
  const entries: TreeEntry[] = []
  for (const { path, after } of files) {
    const mode = modeOf(path, modes, base)
    const content = textOf(after)
    entries.push({ path, mode, type: 'blob', ...(content === undefined ? { sha: await blob(after) } : { content }) })
  }
  return entries
}

/** A byte order mark is part of the file. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = UTF8.decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
