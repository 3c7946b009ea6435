import { mergePull } from '../model/merge.ts'
import { mergeability } from '../model/mergeability.ts'
import type { MergeMethod } from '../model/pull.ts'
import type { World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { pullOf } from './find.ts'
import { type Call, noContent, ok, type Routes } from './route.ts'

export const mergeRoutes: Routes = {
  'pulls/merge': { accepts: 'contents=write', answer: merge },
  'pulls/check-if-merged': { accepts: 'contents=read', answer: isMerged },
}

function isMerged(call: Call) {
  if (!pullOf(call).merged) throw notFound()
  return noContent
}

async function merge(call: Call) {
  const { world, token, body } = call
  const pull = pullOf(call)
  const method = (body.merge_method as MergeMethod | undefined) ?? 'merge'
  refuseMethod(world, method)
  if (pull.state === 'closed') throw new Problem(405, 'Pull Request is not mergeable')
  if (body.sha !== undefined && body.sha !== pull.headOid) {
    throw new Problem(409, 'Head branch was modified. Review and try the merge again.')
  }
  if (world.settings.mergeQueue && pull.base === world.defaultBranch) {
    throw new Problem(405, 'Changes must be made through the merge queue')
  }
  const { refusal } = await mergeability(world, pull)
  if (refusal) throw new Problem(405, refusal)
  const headline = body.commit_title as string | undefined
  const sha = await mergePull(world, token, pull, { method, headline, body: body.commit_message as string | undefined })
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' })
}

export function refuseMethod({ settings }: World, method: MergeMethod): void {
  const allowed = {
    merge: settings.allowMergeCommit,
    rebase: settings.allowRebaseMerge,
    squash: settings.allowSquashMerge,
  }
  const name = { merge: 'Merge commits', rebase: 'Rebase merges', squash: 'Squash merges' }[method]
  if (!allowed[method]) throw new Problem(405, `${name} are not allowed on this repository.`)
}
