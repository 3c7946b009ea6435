import { Refusal } from '../../report/failure.ts'
import type { Git } from '../../repository/git.ts'
import type { Answer } from '../../signal/signal.ts'
import { questionKey } from '../../signal/signal.ts'
import { inspectBranches } from '../branches.ts'
import type { BaseTip, ForgeQuery, ForgeState } from '../forge.ts'
import { answerOf, type CommitQuestion } from './answers.ts'
import type { Client } from './client.ts'
import { type Known, knownFrom } from './known.ts'
import { branchPullRequests } from './pull-nodes.ts'
import { questionCommits } from './question-commits.ts'
import { type Reading, readPages } from './read-pages.ts'
import type { Reports } from './read-query.ts'

export interface ReadPorts {
  client: Client
  git: Git
  /** Brings objects into the local clone. */
  fetch(commits: readonly string[]): Promise<void>
}

/**
 * The state of the forge, in one query unless something has more than a page.
 *
 * @param tip as it was read before: questions are about its commits.
 * @returns also what the writes of this round need to know.
 */
export async function readState(
  query: ForgeQuery,
  tip: BaseTip,
  { client, git, fetch }: ReadPorts,
): Promise<{ state: ForgeState; known: Known }> {
  const questions = query.questions.filter((each): each is CommitQuestion => each.ask !== 'image')
  const commits = await questionCommits(git, tip.commit, questions)
  const reading = await readPages(client, {
    base: tip.branch,
    branches: [...new Set(query.branches)],
    commits: [...new Set([...commits.values()].flat())],
    reports: reportsFor(questions),
    ...(query.milestone !== undefined && { milestone: query.milestone }),
  })
  const base = { branch: tip.branch, commit: baseCommit(reading, tip, client) }
  await fetch([base.commit, ...reading.refs.values()])
  const milestone = milestoneOf(reading, query.milestone)
  const state = {
    base,
    branches: await inspectBranches(git, reading.refs, base.commit),
    pullRequests: pullRequestsOf(reading),
    answers: new Map(questions.map((each) => [questionKey(each), answer(each, commits, reading)])),
    ...(milestone !== undefined && { milestone }),
  }
  return { state, known: knownFrom(reading) }
}

function reportsFor(questions: readonly CommitQuestion[]): Reports {
  const deployed = questions.filter((each) => each.ask === 'health' && each.reporter === 'github')
  return {
    checks: questions.some(({ ask }) => ask === 'check'),
    environments: [...new Set(deployed.map(({ environment }) => environment))],
  }
}

function baseCommit({ about: { base } }: Reading, { branch }: BaseTip, { place }: Client): string {
  if (base?.target) return base.target.oid
  throw new Refusal(
    `GitHub has no branch ${JSON.stringify(branch)} in ${place.repository}; name the one to promote on.`,
  )
}

function pullRequestsOf({ open, closed }: Reading): ForgeState['pullRequests'] {
  const branches = new Set([...open.keys(), ...closed.keys()])
  return new Map([...branches].map((branch) => [branch, branchPullRequests(open.get(branch), closed.get(branch))]))
}

function answer(
  question: CommitQuestion,
  commits: ReadonlyMap<string, readonly string[]>,
  { reports }: Reading,
): Answer {
  const about = commits.get(question.since)
  if (!about) return { is: 'unknown', reason: 'this clone does not have the commit that brought the version' }
  return answerOf(question, about, reports)
}

function milestoneOf({ about }: Reading, wanted: string | number | undefined): number | undefined {
  const found = [...(about.milestones?.nodes ?? []), ...(about.milestone ? [about.milestone] : [])]
  return found.find(
    ({ number, title, state }) => state === 'OPEN' && wanted === (typeof wanted === 'number' ? number : title),
  )?.number
}
