import type { Git } from '../../repository/git.ts'
import type { CommitQuestion } from './answers.ts'

/** A pipeline reports where the version came in, or where it stands now; a busy branch has many commits between. */
const FIRST = 50
const LAST = 50

/**
 * The first-parent commits on which a question may be answered, oldest first: from `since` to the tip. Of more than a
 * hundred the first and the last fifty.
 *
 * @returns by `since`; nothing for a commit that this clone does not have.
 */
export async function questionCommits(
  git: Git,
  tip: string,
  questions: readonly CommitQuestion[],
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const since of new Set(questions.map((question) => question.since))) {
    if (!/^[0-9a-f]{40,64}$/.test(since)) continue
    const listed = await git.try(['rev-list', '--first-parent', '--reverse', '--end-of-options', `${since}..${tip}`])
    if (listed.code !== 0) continue
    const commits = [since, ...listed.stdout.toString('utf8').split('\n').filter(Boolean)]
    const between = commits.length > FIRST + LAST
    found.set(since, between ? [...commits.slice(0, FIRST), ...commits.slice(-LAST)] : commits)
  }
  return found
}
