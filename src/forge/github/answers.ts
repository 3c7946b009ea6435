import type { Answer, Question } from '../../signal/signal.ts'
import { wordsOf } from './refusal.ts'
import type { Report } from './reports.ts'

/** What commits can answer. */
export type CommitQuestion = Exclude<Question, { ask: 'image' }>

/** The name under which verify reports an application, and the deployment that an environment's own pipeline makes. */
export function isAbout(question: CommitQuestion, { kind, name }: Report): boolean {
  if (question.ask === 'check') return kind === 'check' && name === question.name
  const { environment, app, reporter } = question
  if (kind === 'check') return name === `gitops/verify/${environment}/${app}`
  return reporter === 'github' && name === environment
}

/**
 * A success on any of the commits counts, whatever came after it, from when it first was; without one, the newest word
 * decides. Silence is no failure: it may still come.
 *
 * @param commits from oldest to newest.
 */
export function answerOf(
  question: CommitQuestion,
  commits: readonly string[],
  reports: ReadonlyMap<string, readonly Report[]>,
): Answer {
  const told = commits.flatMap((commit, order) =>
    (reports.get(commit) ?? []).filter((each) => isAbout(question, each)).map((each) => ({ ...each, order })),
  )
  const successes = told.filter(({ state }) => state === 'success').map(({ at }) => at)
  if (successes.length > 0) return { is: 'yes', since: Math.min(...successes) }
  const newest = told.sort((a, b) => b.order - a.order || b.at - a.at)[0]
  if (newest?.state !== 'failure') return { is: 'pending' }
  return { is: 'no', ...(newest.reason !== undefined && { reason: wordsOf(newest.reason) }) }
}
