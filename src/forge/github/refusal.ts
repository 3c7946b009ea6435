import { cut } from '../../report/cut.ts'
import { formatDuration } from '../../report/duration.ts'
import { Refusal } from '../../report/failure.ts'
import { visible } from '../../report/neutralise.ts'
import type { Operation } from './operation.ts'

const LONGEST_REASON = 300

/** GitHub's own words within a sentence of ours: one line, bounded, without a full stop at its end. */
export function wordsOf(text: string): string {
  return visible(cut(text.replace(/\s+/g, ' ').trim(), LONGEST_REASON)).replace(/\.$/, '')
}

/** What the failures of a client name: never the token. */
export interface Place {
  /** `github.com`, or a server's own host. */
  host: string
  /** `owner/name`. */
  repository: string
}

/**
 * What no other try and no other pull request changes, as a `Refusal` with the cure; `undefined` where the caller knows
 * better.
 *
 * @param words GitHub's message.
 */
export function refusalOf(status: number, words: string, operation: Operation, place: Place): Refusal | undefined {
  const { doing, needs } = operation
  const { repository } = place
  if (status === 401) {
    return new Refusal(`GitHub refused ${doing} in ${repository}: the token is not valid (any more); give a new one.`)
  }
  if (/Actions is not permitted to create or approve pull requests/i.test(words)) {
    return new Refusal(
      `GitHub refused ${doing}: turn on "Allow GitHub Actions to create and approve pull requests" in the settings of ${repository} (Actions, General), or use the token of a GitHub App.`,
    )
  }
  if (isMissingPermission(words)) {
    const lines = needs.map((line) => `"${line}"`).join(' and ')
    return new Refusal(
      `GitHub refused ${doing} in ${repository}: add ${lines} to the permissions of the job, or give them to the token.`,
    )
  }
  if (/archived/i.test(words) && status !== 422) {
    return new Refusal(`GitHub refused ${doing}: ${repository} is archived; unarchive it, or stop promoting in it.`)
  }
  if (status === 407)
    return new Refusal(`The proxy on the way to ${place.host} asks for a login; name it in HTTPS_PROXY.`)
  if (status === 410 || status === 451) {
    return new Refusal(`GitHub refused ${doing}: ${repository} is gone (${wordsOf(words)}).`)
  }
  return undefined
}

/** An app's token hears the first, a personal one the others. */
export function isMissingPermission(words: string): boolean {
  return /Resource not accessible by|has not granted the required scopes|must have (admin|push|write)|Must have push/i.test(
    words,
  )
}

/** Private repositories that a token may not see do not exist for it. */
export function notFound({ doing }: Operation, { repository }: Place): Refusal {
  return new Refusal(
    `GitHub refused ${doing}: it knows no repository ${repository}, or not what was asked of it, or this token may not see it; check the name and the token.`,
  )
}

export function limited(milliseconds: number, { doing }: Operation): Refusal {
  const wait = formatDuration(Math.ceil(milliseconds / 1000) * 1000)
  return new Refusal(`GitHub's rate limit stopped ${doing}; run again in ${wait}.`)
}

export function unreachable(why: string, { doing }: Operation, { host }: Place): Refusal {
  return new Refusal(
    `${host} did not serve ${doing}: ${wordsOf(why)}; run again, and see its status page if it stays so.`,
  )
}
