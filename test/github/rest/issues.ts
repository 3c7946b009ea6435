import { setLabels } from '../model/labelling.ts'
import { closePull, reopenPull, whyNotReopened } from '../model/lifecycle.ts'
import type { Event, Pull } from '../model/pull.ts'
import { record } from '../model/world.ts'
import { invalid } from '../problem.ts'
import { assign } from './assignees.ts'
import { eventView } from './event-view.ts'
import { pullOf } from './find.ts'
import { issueView } from './issue-view.ts'
import { page } from './page.ts'
import { commentView } from './pull-view.ts'
import { applyText } from './pulls.ts'
import { type Call, ok, type Routes } from './route.ts'

/** Pull requests in their role as issues; the stand-in has no others. */
export const issueRoutes: Routes = {
  'issues/get': {
    accepts: 'issues=read; pull_requests=read',
    answer: (call) => ok(issueView(call.world, pullOf(call))),
  },
  'issues/update': { accepts: 'issues=write; pull_requests=write', answer: update },
  'issues/list-events': { accepts: 'issues=read; pull_requests=read', answer: events },
  'issues/list-events-for-timeline': { accepts: 'issues=read; pull_requests=read', answer: timeline },
}

async function update(call: Call) {
  const { world, token, body } = call
  const pull = pullOf(call)
  applyText(call, pull)
  if (body.labels !== undefined) setLabels(world, token.account, pull, names(body.labels, 'name'))
  if (body.assignees !== undefined) {
    pull.assignees = []
    assign(call, pull, names(body.assignees, 'login'))
  }
  if (body.milestone !== undefined) setMilestone(call, pull, body.milestone as number | null)
  if (body.state === 'closed' && pull.state === 'open') closePull(world, token, pull)
  if (body.state === 'open' && pull.state === 'closed') {
    const message = await whyNotReopened(world, pull)
    if (message) throw invalid({ resource: 'PullRequest', field: 'state', code: 'invalid', message })
    await reopenPull(world, token, pull)
  }
  return ok(issueView(world, pull))
}

/** Lists may hold names or objects with one. */
function names(list: unknown, key: 'login' | 'name'): string[] {
  return (list as (string | Record<string, string>)[]).map((each) =>
    typeof each === 'string' ? each : (each[key] ?? ''),
  )
}

function setMilestone({ world, token }: Call, pull: Pull, number: number | null): void {
  const milestone = number === null ? undefined : world.milestones.find((each) => each.number === Number(number))
  if (number !== null && !milestone) throw invalid({ resource: 'Issue', field: 'milestone', code: 'invalid' })
  pull.milestone = milestone
  record(world, pull, token.account, milestone ? 'milestoned' : 'demilestoned')
}

function events(call: Call) {
  const pull = pullOf(call)
  return page(
    call,
    pull.events.map((event) => eventView(call.world, pull, event)),
  )
}

function timeline(call: Call) {
  const { world } = call
  const pull = pullOf(call)
  const comments = pull.comments.map((comment) => {
    const view = commentView(world, pull, comment)
    return { at: comment.createdAt, id: comment.id, view: { event: 'commented', actor: view.user, ...view } as unknown }
  })
  const rest = pull.events.map((event) => ({
    at: event.at,
    id: event.id,
    view: timelineView(call, pull, event),
  }))
  const all = [...comments, ...rest].sort((a, b) => a.at.localeCompare(b.at) || a.id - b.id)
  return page(
    call,
    all.map(({ view }) => view),
  )
}

/** Of an assignment the timeline does not say who made it. */
function timelineView({ world }: Call, pull: Pull, event: Event): unknown {
  const { assigner: _assigner, ...view } = { assigner: undefined, ...eventView(world, pull, event) }
  return view
}
