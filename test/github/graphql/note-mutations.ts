import { addLabels, removeLabels } from '../model/labelling.ts'
import { requestReviews } from '../model/reviewers.ts'
import { record } from '../model/world.ts'
import { addComment } from '../rest/comments.ts'
import { actorNode } from './actor.ts'
import { type Context, need } from './context.ts'
import { labelById, nameById, pullById } from './find.ts'
import { commentNode } from './notes.ts'
import { pullNode } from './pull.ts'

/** Labels, comments, assignees and reviewers. */
export function noteMutations(context: Context) {
  const { world, token } = context
  const find = (id: string) => {
    need(context, 'issues=write; pull_requests=write')
    return pullById(context, id)
  }
  return {
    addLabelsToLabelable: ({ input }: { input: { labelableId: string; labelIds: string[] } }) => {
      const pull = find(input.labelableId)
      const names = input.labelIds.map((id) => labelById(context, id).name)
      addLabels(world, token.account, pull, names)
      return { labelable: pullNode(context, pull) }
    },
    removeLabelsFromLabelable: ({ input }: { input: { labelableId: string; labelIds: string[] } }) => {
      const pull = find(input.labelableId)
      const labels = input.labelIds.map((id) => labelById(context, id))
      removeLabels(world, token.account, pull, labels)
      return { labelable: pullNode(context, pull) }
    },
    addComment: ({ input }: { input: { subjectId: string; body: string } }) => {
      const pull = find(input.subjectId)
      const node = commentNode(context, pull, addComment(world, token, pull, input.body))
      const edge = { cursor: node.id, node }
      return { subject: pullNode(context, pull), commentEdge: edge, timelineEdge: edge }
    },
    addAssigneesToAssignable: ({ input }: { input: { assignableId: string; assigneeIds: string[] } }) => {
      const pull = find(input.assignableId)
      for (const id of input.assigneeIds) {
        const assignee = world.accounts.get(nameById('U', id).toLowerCase())
        if (!assignee || pull.assignees.includes(assignee)) continue
        pull.assignees.push(assignee)
        record(world, pull, token.account, 'assigned', { assignee })
      }
      return { assignable: pullNode(context, pull) }
    },
    requestReviews: ({ input }: { input: RequestReviewsInput }) => {
      need(context, 'pull_requests=write')
      const pull = pullById(context, input.pullRequestId)
      if (!input.union) Object.assign(pull, { reviewers: [], teams: [] })
      const people = (input.userIds ?? []).map((id) => nameById('U', id))
      const teams = (input.teamIds ?? []).map((id) => nameById('T', id))
      requestReviews(world, token.account, pull, people, teams)
      return { actor: actorNode(context, token.account), pullRequest: pullNode(context, pull) }
    },
  }
}

interface RequestReviewsInput {
  pullRequestId: string
  userIds?: string[] | null
  teamIds?: string[] | null
  union: boolean
}
