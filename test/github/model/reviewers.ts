import { Problem } from '../problem.ts'
import type { Account } from './people.ts'
import type { Pull } from './pull.ts'
import { fullName, record, type World } from './world.ts'

/** Asks people and teams; one of them who may not be asked fails all. */
export function requestReviews(
  world: World,
  actor: Account,
  pull: Pull,
  people: readonly string[],
  teams: readonly string[],
): void {
  const author = pull.author.login.toLowerCase()
  if (people.some((login) => login.toLowerCase() === author)) {
    throw new Problem(422, 'Review cannot be requested from pull request author.')
  }
  const strangers = people.some((login) => !world.collaborators.has(login.toLowerCase()))
  if (strangers || teams.some((slug) => !world.teams.has(slug))) {
    throw new Problem(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${fullName(world)} repository.`,
    )
  }
  for (const login of people) {
    const reviewer = world.accounts.get(login.toLowerCase())
    if (!reviewer || pull.reviewers.includes(reviewer)) continue
    pull.reviewers.push(reviewer)
    record(world, pull, actor, 'review_requested', { reviewer })
  }
  for (const team of teams.filter((slug) => !pull.teams.includes(slug))) {
    pull.teams.push(team)
    record(world, pull, actor, 'review_requested', { team })
  }
}
