import type { Config } from '../../config/schema.ts'
import type { Git } from '../../repository/git.ts'
import { readRevision, resolveCommit } from '../../repository/revision.ts'
import type { Base } from '../base.ts'
import { readHistory } from '../history.ts'
import { readSnapshot } from '../snapshot.ts'
import { byFile, readStandings } from './fields.ts'
import { checkRollback, type RollbackRequest } from './request.ts'

/**
 * Reads what a rollback is made of: a revision as promotion reads it, and the past of this application's own files.
 *
 * @param repository names an application that neither a level nor a folder of the layout names.
 * @throws UsageError (exit 2) where the request names what there is not, or no environments were found.
 * @throws Refusal (exit 3) where the revision or its history is not in this clone.
 */
export async function readRollbackBase(
  git: Git,
  revision: string,
  config: Config,
  { repository, request }: { repository: string; request: RollbackRequest },
): Promise<Base> {
  const commit = await resolveCommit(git, revision)
  const tree = await readRevision(git, commit)
  const snapshot = readSnapshot(tree, config, repository, { order: false })
  checkRollback(request, snapshot)
  const { fields } = readStandings({ ...snapshot, tree }, request, config.limits.yaml)
  const history = await readHistory(git, commit, byFile(fields), config.limits.yaml)
  return { ...snapshot, commit, tree, history }
}
