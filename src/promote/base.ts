import type { Config } from '../config/schema.ts'
import type { Git } from '../repository/git.ts'
import { readRevision, resolveCommit } from '../repository/revision.ts'
import type { Tree } from '../repository/tree.ts'
import { filesOfInterest } from './edge.ts'
import { type History, readHistory } from './history.ts'
import { checkRequest, type Request } from './request.ts'
import { readSnapshot, type Snapshot } from './snapshot.ts'
import { refuseEmpty } from './unmet.ts'

/** What a plan is made of: the versions at the tip of the base branch, and their past. */
export interface Base extends Snapshot {
  commit: string
  tree: Tree
  history: History
}

/**
 * Reads a revision from Git's objects alone; the working tree and the index do not count.
 *
 * @param repository names an application that neither a level nor a folder of the layout names.
 * @throws UsageError (exit 2) where the order of the environments is not certain, or the request names what there is not.
 * @throws Refusal (exit 3) where the revision or its history is not in this clone.
 */
export async function readBase(
  git: Git,
  revision: string,
  config: Config,
  { repository, request = {} }: { repository: string; request?: Request },
): Promise<Base> {
  const commit = await resolveCommit(git, revision)
  const tree = await readRevision(git, commit)
  const snapshot = readSnapshot(tree, config, repository)
  refuseEmpty(snapshot)
  checkRequest(request, snapshot)
  const history = await readHistory(git, commit, filesOfInterest(snapshot, request), config.limits.yaml)
  return { ...snapshot, commit, tree, history }
}
