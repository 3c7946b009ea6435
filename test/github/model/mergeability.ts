import { mergeTrees } from '../store/history.ts'
import type { Pull } from './pull.ts'
import { isProtected } from './settings.ts'
import type { World } from './world.ts'

export type MergeState = 'blocked' | 'clean' | 'dirty' | 'draft' | 'unknown' | 'unstable'

export interface Mergeability {
  /** Null while GitHub has not computed it. */
  mergeable: boolean | null
  state: MergeState
  /** Why the pull request may not be merged although it could, in GitHub's words. */
  refusal?: string
}

/** What the API tells: the first look at a pair of commits comes before the computation it starts. */
export async function shownMergeability(world: World, pull: Pull): Promise<Mergeability> {
  const pair = `${pull.baseOid} ${pull.headOid}`
  if (world.settings.lazyMergeability && pull.state === 'open' && pull.mergeabilityAskedFor !== pair) {
    pull.mergeabilityAskedFor = pair
    return { mergeable: null, state: 'unknown' }
  }
  return mergeability(world, pull)
}

/** What holds. */
export async function mergeability(world: World, pull: Pull): Promise<Mergeability> {
  if (pull.state === 'closed') return { mergeable: null, state: 'unknown' }
  if ((await mergeTrees(world.git, pull.baseOid, pull.headOid)) === 'conflict') {
    return { mergeable: false, state: 'dirty', refusal: 'Pull Request is not mergeable' }
  }
  if (pull.draft) return { mergeable: true, state: 'draft', refusal: 'Pull Request is still a draft' }
  const refusal = unmetRule(world, pull)
  if (refusal) return { mergeable: true, state: 'blocked', refusal }
  const failing = [...latestStates(world, pull.headOid).values()].some((state) => state !== 'success')
  return { mergeable: true, state: failing ? 'unstable' : 'clean' }
}

function unmetRule(world: World, pull: Pull): string | undefined {
  const { settings, defaultBranch } = world
  if (pull.base !== defaultBranch || !isProtected(settings)) return undefined
  if (pull.approvals < settings.requiredApprovals) {
    return `At least ${settings.requiredApprovals} approving review is required by reviewers with write access.`
  }
  const states = latestStates(world, pull.headOid)
  const missing = settings.requiredChecks.find((name) => states.get(name) !== 'success')
  return missing && `Required status check "${missing}" is ${states.has(missing) ? 'failing' : 'expected'}.`
}

/** The newest word of each status context and check run about a commit: `success`, `pending` or `failure`. */
export function latestStates(world: World, oid: string): Map<string, string> {
  const states = new Map<string, string>()
  for (const status of world.statuses) if (status.oid === oid) states.set(status.context, status.state)
  for (const check of world.checks) {
    if (check.oid !== oid) continue
    const passed = ['neutral', 'skipped', 'success'].includes(check.conclusion ?? '')
    states.set(check.name, check.status !== 'completed' ? 'pending' : passed ? 'success' : 'failure')
  }
  return states
}
