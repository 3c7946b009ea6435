import type { Git } from '../repository/git.ts'
import { splitZ } from '../repository/worktree.ts'
import { type BaseTip, Declined } from './forge.ts'

/** The mode of a file that the base does not have. */
const NEW_FILE = '100644'

/** The modes of some paths in a commit: `100644`, `100755`, `120000`… */
export async function modesAt(
  git: Git,
  commit: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const listed = await git(['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', ...paths])
  return new Map(splitZ(listed).map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf(' '))]))
}

/** @throws Declined where a link or submodule stands in the place of a file. */
export function modeOf(path: string, modes: ReadonlyMap<string, string>, { branch }: Pick<BaseTip, 'branch'>): string {
  const mode = modes.get(path) ?? NEW_FILE
  if (mode.startsWith('100')) return mode
  throw new Declined(`${JSON.stringify(path)} is no file at the tip of ${branch}.`)
}
