import { requestReviews } from '../model/reviewers.ts'
import { record } from '../model/world.ts'
import { pullOf } from './find.ts'
import { simplePullView } from './pull-view.ts'
import { type Call, created, ok, type Routes } from './route.ts'
import { teamView, userView } from './user-view.ts'

export const reviewerRoutes: Routes = {
  'pulls/list-requested-reviewers': { accepts: 'pull_requests=read', answer: list },
  'pulls/request-reviewers': { accepts: 'pull_requests=write', answer: request },
  'pulls/remove-requested-reviewers': { accepts: 'pull_requests=write', answer: remove },
}

interface ReviewersBody {
  reviewers?: string[]
  team_reviewers?: string[]
}

function list(call: Call) {
  const { world } = call
  const pull = pullOf(call)
  const users = pull.reviewers.map((each) => userView(world, each))
  return ok({ users, teams: pull.teams.map((slug) => teamView(world, slug)) })
}

function request(call: Call) {
  const { world, token, body } = call
  const pull = pullOf(call)
  const { reviewers = [], team_reviewers: teams = [] } = body as ReviewersBody
  requestReviews(world, token.account, pull, reviewers, teams)
  return created(simplePullView(world, pull))
}

function remove(call: Call) {
  const { world, token, body } = call
  const pull = pullOf(call)
  const { reviewers = [], team_reviewers: teams = [] } = body as ReviewersBody
  const gone = reviewers.map((login) => login.toLowerCase())
  pull.reviewers = pull.reviewers.filter(({ login }) => !gone.includes(login.toLowerCase()))
  pull.teams = pull.teams.filter((slug) => !teams.includes(slug))
  record(world, pull, token.account, 'review_request_removed')
  return ok(simplePullView(world, pull))
}
