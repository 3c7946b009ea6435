import { Problem } from '../problem.ts'
import { mergePull } from './merge.ts'
import { mergeability } from './mergeability.ts'
import type { Account, Token } from './people.ts'
import type { AutoMerge, Pull } from './pull.ts'
import { isProtected } from './settings.ts'
import { record, timestamp, type World } from './world.ts'

/** GitHub merges later by itself; it refuses where it has nothing to wait for. */
export async function enableAutoMerge(
  world: World,
  token: Token,
  pull: Pull,
  wish: Pick<AutoMerge, 'body' | 'headline' | 'method'>,
): Promise<void> {
  const refuse = (why: string) => new Problem(422, `Pull request ${why}`)
  if (!world.settings.allowAutoMerge) throw refuse('Auto merge is not allowed for this repository')
  if (pull.state === 'closed') throw refuse('Pull request is closed')
  if (pull.base !== world.defaultBranch || !isProtected(world.settings)) {
    throw refuse('Protected branch rules not configured for this branch')
  }
  const { state } = await mergeability(world, pull)
  if (state === 'clean' || state === 'unstable') throw refuse(`Pull request is in ${state} status`)
  pull.autoMerge = { ...wish, by: token.account, at: timestamp(world) }
  record(world, pull, token.account, 'auto_merge_enabled')
}

export function disableAutoMerge(world: World, actor: Account, pull: Pull): void {
  if (!pull.autoMerge) throw new Problem(422, "Can't disable auto-merge for this pull request.")
  pull.autoMerge = undefined
  record(world, pull, actor, 'auto_merge_disabled')
}

/** After anything that could have met a rule: merges what waited for it, in the name of who enabled it. */
export async function mergeWhatWaited(world: World, token: Token): Promise<void> {
  for (const pull of world.pulls.values()) {
    const wish = pull.state === 'open' ? pull.autoMerge : undefined
    if (!wish || (await mergeability(world, pull)).refusal) continue
    const enabler = [...world.tokens.values()].find(({ account }) => account === wish.by) ?? token
    await mergePull(world, enabler, pull, wish)
  }
}
