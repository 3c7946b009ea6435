import type { RestAnswer } from './client.ts'

const MOST_TRIES = 3

/**
 * A pull request is not known everywhere at once: for seconds after it was opened GitHub refuses labels and reviewers of it
 * (peter-evans/create-pull-request#4321). What was refused was not done, so it is asked again.
 */
export async function untilKnown(
  sleep: (milliseconds: number) => Promise<void>,
  call: () => Promise<RestAnswer>,
): Promise<RestAnswer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await call()
    const unknown = answer.status === 422 && /Could not resolve to a node|Issue not found/i.test(answer.words)
    if (!unknown || attempt === MOST_TRIES) return answer
    await sleep(attempt * 1000)
  }
}
