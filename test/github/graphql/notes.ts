import type { Comment, Label, Milestone, Pull } from '../model/pull.ts'
import { html, nodeId } from '../rest/urls.ts'
import { actorNode } from './actor.ts'
import type { Context } from './context.ts'
import { pullNode } from './pull.ts'

/** What people attach to a pull request. */
export function labelNode({ world }: Context, { name, color, description }: Label) {
  return { id: nodeId('LA', name), name, color, description, url: html(world, `/labels/${encodeURIComponent(name)}`) }
}

export function milestoneNode({ world }: Context, milestone: Milestone) {
  const { number, title, description } = milestone
  const state = milestone.state.toUpperCase()
  const url = html(world, `/milestone/${number}`)
  return {
    id: nodeId('MI', number),
    number,
    title,
    description,
    state,
    closed: state === 'CLOSED',
    closedAt: null,
    url,
  }
}

export function commentNode(context: Context, pull: Pull, comment: Comment) {
  return {
    __typename: 'IssueComment',
    id: nodeId('IC', comment.id),
    databaseId: comment.id,
    body: comment.body,
    author: actorNode(context, comment.author),
    viewerDidAuthor: comment.author === context.token.account,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    url: html(context.world, `/pull/${pull.number}#issuecomment-${comment.id}`),
    pullRequest: () => pullNode(context, pull),
  }
}
