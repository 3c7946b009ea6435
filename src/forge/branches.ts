import type { Git } from '../repository/git.ts'
import type { Branch } from './forge.ts'
import { type HeadCommit, parseHeads } from './head-commit.ts'
import { ownCommit } from './own-commit.ts'

/**
 * What stands on branches, from local objects alone, in two git commands whatever their number.
 *
 * @param heads commit by branch; all are in the local clone, with their history.
 * @param base the tip of the base branch.
 */
export async function inspectBranches(
  git: Git,
  heads: ReadonlyMap<string, string>,
  base: string,
): Promise<ReadonlyMap<string, Branch>> {
  if (heads.size === 0) return new Map()
  const ids = [...new Set(heads.values())]
  const commits = await readHeads(git, ids)
  const beside = await commitsBeside(git, ids, base)
  return new Map(
    [...heads].map(([name, head]) => [name, { name, head, own: ownCommit(commits.get(head) as HeadCommit, beside) }]),
  )
}

const FIELDS = '%H%x00%P%x00%ae%x00%ce%x00%B'

/** The commits and what each changes, whatever the user's git is set to. A merge changes nothing that is told here. */
async function readHeads(git: Git, ids: readonly string[]): Promise<ReadonlyMap<string, HeadCommit>> {
  const log = await git(
    [
      ...['log', '--no-walk=unsorted', '--raw', '-z', '--root', '--no-abbrev', '--no-renames', '--diff-merges=off'],
      ...['--no-color', '--no-ext-diff', '--no-textconv', '--no-relative', '--ignore-submodules=none'],
      ...['--no-show-signature', '--no-notes', '--encoding=UTF-8', `--format=${FIELDS}`, '--stdin'],
    ],
    { input: lines(ids) },
  )
  return new Map(parseHeads(log).map((commit) => [commit.id, commit]))
}

/** Every commit that some head reaches and the base does not. */
async function commitsBeside(git: Git, heads: readonly string[], base: string): Promise<ReadonlySet<string>> {
  const listed = await git(['rev-list', '--stdin'], { input: lines([...heads, `^${base}`]) })
  return new Set(listed.toString('latin1').split('\n').filter(Boolean))
}

function lines(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('')
}
