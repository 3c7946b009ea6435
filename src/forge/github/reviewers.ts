import { Refusal } from '../../report/failure.ts'
import type { Client, RestAnswer } from './client.ts'
import { OPERATIONS } from './operation.ts'
import { untilKnown } from './until-known.ts'

const TEAM = 'team:'

interface ReviewPorts {
  client: Client
  sleep(milliseconds: number): Promise<void>
}

/**
 * Asks people and teams for their review. GitHub refuses a list as a whole where one of it may not be asked, so the others
 * are then asked one by one.
 *
 * @param reviewers logins, and teams as `team:NAME`.
 * @returns who could not be asked.
 */
export async function askReviewers(
  number: number,
  reviewers: readonly string[],
  ports: ReviewPorts,
): Promise<string[]> {
  const teams = reviewers.filter((each) => each.startsWith(TEAM))
  const people = reviewers.filter((each) => !each.startsWith(TEAM))
  return [...(await askAll(number, people, ports)), ...(await askAll(number, teams, ports))]
}

async function askAll(number: number, reviewers: readonly string[], ports: ReviewPorts): Promise<string[]> {
  if (reviewers.length === 0 || (await ask(number, reviewers, ports))) return []
  if (reviewers.length === 1) return [...reviewers]
  const refused: string[] = []
  for (const each of reviewers) if (!(await ask(number, [each], ports))) refused.push(each)
  return refused
}

async function ask(number: number, reviewers: readonly string[], { client, sleep }: ReviewPorts): Promise<boolean> {
  const path = `/pulls/${number}/requested_reviewers`
  const names = reviewers.map((each) => (each.startsWith(TEAM) ? each.slice(TEAM.length) : each))
  const areTeams = reviewers[0]?.startsWith(TEAM) === true
  const body = areTeams ? { team_reviewers: names } : { reviewers: names }
  const answer = await untilKnown(sleep, () => request(client, path, body, areTeams))
  return answer.status < 300
}

/** GITHUB_TOKEN may not see teams at all; that is no missing permission of the job. */
async function request(client: Client, path: string, body: object, areTeams: boolean): Promise<RestAnswer> {
  try {
    return await client.rest({ operation: OPERATIONS.askReview, method: 'POST', path, body })
  } catch (error) {
    if (!areTeams || !(error instanceof Refusal)) throw error
    return { status: 403, body: undefined, words: error.message }
  }
}
