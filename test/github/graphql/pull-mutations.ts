import { setLabels } from '../model/labelling.ts'
import { closePull, reopenPull, whyNotReopened } from '../model/lifecycle.ts'
import { openPull } from '../model/opening.ts'
import { record, timestamp } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { fromNodeId } from '../rest/urls.ts'
import { actorNode } from './actor.ts'
import { type Context, need } from './context.ts'
import { labelById, pullById, requireRepository } from './find.ts'
import { pullNode } from './pull.ts'

interface CreateInput {
  repositoryId: string
  baseRefName: string
  headRefName: string
  title: string
  body?: string | null
  draft: boolean
}

interface UpdateInput {
  pullRequestId: string
  title?: string | null
  body?: string | null
  baseRefName?: string | null
  state?: 'CLOSED' | 'OPEN' | null
  labelIds?: string[] | null
  milestoneId?: string | null
}

type OnPull = { input: { pullRequestId: string } }

export function pullMutations(context: Context) {
  const { world, token } = context
  const find = ({ input }: OnPull) => {
    need(context, 'pull_requests=write')
    return pullById(context, input.pullRequestId)
  }
  const answer = (pull: ReturnType<typeof find>) => ({
    actor: actorNode(context, token.account),
    pullRequest: pullNode(context, pull),
  })
  const draft = (asDraft: boolean) => (args: OnPull) => {
    const pull = find(args)
    if (pull.draft !== asDraft) record(world, pull, token.account, asDraft ? 'convert_to_draft' : 'ready_for_review')
    pull.draft = asDraft
    return answer(pull)
  }
  const reopen = async (args: OnPull) => {
    const pull = find(args)
    const refusal = await whyNotReopened(world, pull)
    if (refusal) throw new Problem(422, `Could not open the pull request: ${refusal}`)
    await reopenPull(world, token, pull)
    return answer(pull)
  }
  const close = (args: OnPull) => {
    const pull = find(args)
    if (pull.state === 'open') closePull(world, token, pull)
    return answer(pull)
  }
  return {
    createPullRequest: async ({ input }: { input: CreateInput }) => {
      need(context, 'pull_requests=write')
      requireRepository(context, input.repositoryId)
      return answer(await openPull(world, token, { ...input, head: input.headRefName, base: input.baseRefName }))
    },
    updatePullRequest: async ({ input }: { input: UpdateInput }) => {
      const pull = find({ input })
      await update(context, pull, input)
      if (input.state === 'CLOSED') close({ input })
      if (input.state === 'OPEN' && pull.state === 'closed') await reopen({ input })
      return answer(pull)
    },
    closePullRequest: close,
    reopenPullRequest: reopen,
    convertPullRequestToDraft: draft(true),
    markPullRequestReadyForReview: draft(false),
  }
}

async function update(context: Context, pull: ReturnType<typeof pullById>, input: UpdateInput): Promise<void> {
  const { world, token } = context
  if (input.title != null && input.title !== pull.title) {
    record(world, pull, token.account, 'renamed', { rename: { from: pull.title, to: input.title } })
    pull.title = input.title
  }
  if (input.body != null) pull.body = input.body
  if (input.baseRefName != null && input.baseRefName !== pull.base) {
    const base = await world.reader.read(`refs/heads/${input.baseRefName}`)
    if (!base) throw new Problem(422, `Proposed base branch '${input.baseRefName}' was not found`)
    Object.assign(pull, { base: input.baseRefName, baseOid: base.oid })
    record(world, pull, token.account, 'base_ref_changed')
  }
  if (input.labelIds != null) {
    const names = input.labelIds.map((id) => labelById(context, id).name)
    setLabels(world, token.account, pull, names)
  }
  if (input.milestoneId !== undefined) {
    const number = Number(fromNodeId(input.milestoneId ?? '').key)
    pull.milestone = world.milestones.find((each) => each.number === number)
  }
  pull.updatedAt = timestamp(world)
}
