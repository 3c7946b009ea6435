import { type Charge, judge, type Verdict } from '../model/limits.ts'
import type { Token } from '../model/people.ts'
import type { World } from '../model/world.ts'
import { Problem } from '../problem.ts'
import type { Identified } from './identify.ts'
import { jsonReply, problemBody, type Reply } from './reply.ts'

/** Git data is no content in the sense of the secondary limits: nobody is told of a tree. A guess; GitHub does not say. */
const QUIET = /^git\/|^mutation (createRef|deleteRef|updateRef|updateRefs)$/

/** Counts the requests of each account. */
export interface Budget {
  charge(request: Identified): Verdict | undefined
  verdict(token: Token): Verdict
}

export function newBudget(world: World): Budget {
  const charges = new Map<string, Charge[]>()
  const of = (token: Token) => charges.get(token.account.login) ?? []
  const verdict = (token: Token): Verdict => {
    const { limits } = world.settings
    const now = world.now().getTime()
    if (limits === 'off') return { used: 0, reset: Math.ceil(now / 1000) + 3600 }
    return judge(limits, of(token), now)
  }
  return {
    verdict,
    charge: (request) => {
      const { token, channel, operation } = request
      if (!token || token === 'unknown' || channel === 'git' || operation === 'rate-limit/get') return undefined
      const write = channel === 'rest' ? request.method !== 'GET' : operation.startsWith('mutation')
      const content = write && !QUIET.test(operation)
      charges.set(token.account.login, [...of(token), { at: world.now().getTime(), kind: channel, write, content }])
      return verdict(token)
    },
  }
}

export function limitHeaders(world: World, { used, reset }: Verdict, resource: string): Record<string, string> {
  const limit = limitOf(world)
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(limit - used, 0)),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': resource,
  }
}

export const limitOf = (world: World): number =>
  world.settings.limits === 'off' ? 15_000 : world.settings.limits.hourly

const MESSAGES = {
  primary: 'API rate limit exceeded for installation.',
  secondary:
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID.',
} as const

/** GitHub's answer at a limit. The secondary one often comes without a hint when to return; GraphQL's primary one with 200. */
export function limitReply(
  channel: Identified['channel'],
  which: 'primary' | 'secondary',
  status: 403 | 429,
  headers: Record<string, string>,
): Reply {
  const message = MESSAGES[which]
  if (channel === 'graphql' && which === 'primary') {
    return jsonReply(200, { errors: [{ type: 'RATE_LIMITED', message }] }, headers)
  }
  return jsonReply(status, problemBody(new Problem(status, message)), headers)
}
