import type { Git } from '../repository/git.ts'
import { comparePaths } from '../repository/tree.ts'
import { splitZ } from '../repository/worktree.ts'

/** Whatever the user's git is set to. */
const PLAIN = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--no-renames',
  '--ignore-submodules=all',
]

/** The files in which the working tree differs from a revision: changed, added or removed, committed or not. */
export async function changedPaths(git: Git, revision: string): Promise<string[]> {
  const tracked = await git(['diff', '--name-only', '-z', ...PLAIN, '--end-of-options', revision, '--'])
  const untracked = await git(['ls-files', '-z', '--others', '--exclude-standard'])
  return [...new Set([...splitZ(tracked), ...splitZ(untracked)])].sort(comparePaths)
}
