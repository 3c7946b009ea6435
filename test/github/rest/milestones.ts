import type { Milestone } from '../model/pull.ts'
import { timestamp } from '../model/world.ts'
import { invalid } from '../problem.ts'
import { page } from './page.ts'
import { milestoneView } from './pull-view.ts'
import { type Call, created, type Routes } from './route.ts'

export const milestoneRoutes: Routes = {
  'issues/list-milestones': { accepts: 'issues=read; pull_requests=read', answer: list },
  'issues/create-milestone': { accepts: 'issues=write; pull_requests=write', answer: create },
}

function list(call: Call) {
  const state = call.query.get('state') ?? 'open'
  const found = call.world.milestones.filter((milestone) => state === 'all' || milestone.state === state)
  return page(
    call,
    found.map((milestone) => milestoneView(call.world, milestone)),
  )
}

function create({ world, token, body }: Call) {
  const title = body.title as string
  if (world.milestones.some((each) => each.title === title)) {
    throw invalid({ resource: 'Milestone', code: 'already_exists', field: 'title' })
  }
  const milestone: Milestone = {
    id: world.nextId(),
    number: world.milestones.length + 1,
    title,
    description: (body.description as string | undefined) ?? null,
    state: 'open',
    creator: token.account,
    createdAt: timestamp(world),
  }
  world.milestones.push(milestone)
  return created(milestoneView(world, milestone))
}
