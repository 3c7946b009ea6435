import type { Token } from '../model/people.ts'
import type { Comment, Pull } from '../model/pull.ts'
import { timestamp, type World } from '../model/world.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import { pullOf } from './find.ts'
import { page } from './page.ts'
import { commentView } from './pull-view.ts'
import { type Call, created, noContent, ok, type Routes } from './route.ts'

const WRITE = 'issues=write; pull_requests=write'

export const commentRoutes: Routes = {
  'issues/list-comments': { accepts: 'issues=read; pull_requests=read', answer: list },
  'issues/create-comment': { accepts: WRITE, answer: create },
  'issues/update-comment': { accepts: WRITE, answer: update },
  'issues/delete-comment': { accepts: WRITE, answer: remove },
}

function list(call: Call) {
  const pull = pullOf(call)
  const since = call.query.get('since') ?? ''
  const comments = pull.comments.filter(({ updatedAt }) => updatedAt >= since)
  return page(
    call,
    comments.map((comment) => commentView(call.world, pull, comment)),
  )
}

function create(call: Call) {
  const pull = pullOf(call)
  return created(commentView(call.world, pull, addComment(call.world, call.token, pull, call.body.body as string)))
}

export function addComment(world: World, token: Token, pull: Pull, body: string): Comment {
  if (pull.locked && !world.collaborators.has(token.account.login.toLowerCase())) {
    throw new Problem(403, 'Unable to create comment because issue is locked.')
  }
  refuseBody(body)
  const at = timestamp(world)
  const comment: Comment = { id: world.nextId(), body, author: token.account, createdAt: at, updatedAt: at }
  pull.comments.push(comment)
  pull.updatedAt = at
  return comment
}

function refuseBody(body: string): void {
  const problem = (code: string, message?: string) =>
    invalid({ resource: 'IssueComment', field: 'body', code, message })
  if (!body.trim()) throw problem('missing_field')
  if (body.length > 65_536) throw problem('custom', 'body is too long (maximum is 65536 characters)')
}

function find({ world, path }: Call): { pull: Pull; comment: Comment } {
  for (const pull of world.pulls.values()) {
    const comment = pull.comments.find(({ id }) => id === Number(path.comment_id))
    if (comment) return { pull, comment }
  }
  throw notFound()
}

function update(call: Call) {
  const { pull, comment } = find(call)
  refuseBody(call.body.body as string)
  comment.body = call.body.body as string
  comment.updatedAt = timestamp(call.world)
  return ok(commentView(call.world, pull, comment))
}

function remove(call: Call) {
  const { pull, comment } = find(call)
  pull.comments = pull.comments.filter((each) => each !== comment)
  return noContent
}
