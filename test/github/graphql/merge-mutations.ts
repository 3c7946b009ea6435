import { disableAutoMerge, enableAutoMerge } from '../model/auto-merge.ts'
import { mergePull } from '../model/merge.ts'
import { mergeability } from '../model/mergeability.ts'
import type { MergeMethod, Pull } from '../model/pull.ts'
import { record, timestamp } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { refuseMethod } from '../rest/merging.ts'
import { actorNode } from './actor.ts'
import { type Context, need } from './context.ts'
import { pullById } from './find.ts'
import { queueEntryNode } from './merge-queue.ts'
import { pullNode } from './pull.ts'

interface MergeInput {
  pullRequestId: string
  expectedHeadOid?: string | null
  mergeMethod: 'MERGE' | 'REBASE' | 'SQUASH'
  commitHeadline?: string | null
  commitBody?: string | null
}

export function mergeMutations(context: Context) {
  const { world, token } = context
  const find = (input: Pick<MergeInput, 'expectedHeadOid' | 'pullRequestId'>): Pull => {
    need(context, 'contents=write')
    need(context, 'pull_requests=write')
    const pull = pullById(context, input.pullRequestId)
    if (input.expectedHeadOid != null && input.expectedHeadOid !== pull.headOid) {
      throw new Problem(422, 'Head branch is out of date. Review and try the merge again.')
    }
    return pull
  }
  const answer = (pull: Pull) => ({ actor: actorNode(context, token.account), pullRequest: pullNode(context, pull) })
  const wishOf = ({ mergeMethod, commitHeadline, commitBody }: MergeInput) => ({
    method: mergeMethod.toLowerCase() as MergeMethod,
    headline: commitHeadline ?? undefined,
    body: commitBody ?? undefined,
  })
  return {
    enablePullRequestAutoMerge: async ({ input }: { input: MergeInput }) => {
      const pull = find(input)
      await enableAutoMerge(world, token, pull, wishOf(input))
      return answer(pull)
    },
    disablePullRequestAutoMerge: ({ input }: { input: { pullRequestId: string } }) => {
      const pull = find(input)
      disableAutoMerge(world, token.account, pull)
      return answer(pull)
    },
    enqueuePullRequest: ({ input }: { input: { pullRequestId: string; expectedHeadOid?: string | null } }) => {
      const pull = find(input)
      if (!world.settings.mergeQueue) throw new Problem(422, 'Merge queue is not enabled for this branch')
      if (pull.state === 'closed' || pull.draft) throw new Problem(422, 'Pull request is not in a mergeable state')
      if (pull.queued) throw new Problem(422, 'Pull request is already in the queue')
      pull.queued = { by: token.account, at: timestamp(world) }
      record(world, pull, token.account, 'added_to_merge_queue')
      return { mergeQueueEntry: queueEntryNode(context, pull) }
    },
    dequeuePullRequest: ({ input }: { input: { id: string } }) => {
      const pull = find({ pullRequestId: input.id })
      if (!pull.queued) throw new Problem(422, 'Pull request is not in the queue')
      const mergeQueueEntry = queueEntryNode(context, pull)
      pull.queued = undefined
      record(world, pull, token.account, 'removed_from_merge_queue')
      return { mergeQueueEntry }
    },
    mergePullRequest: async ({ input }: { input: MergeInput }) => {
      const pull = find(input)
      const wish = wishOf(input)
      refuseMethod(world, wish.method)
      const { refusal } = await mergeability(world, pull)
      if (pull.state === 'closed' || refusal) throw new Problem(422, refusal ?? 'Pull Request is not mergeable')
      await mergePull(world, token, pull, wish)
      return answer(pull)
    },
  }
}
