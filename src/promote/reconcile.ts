import type { Branch, ForgeState, OpenPullRequest } from '../forge/forge.ts'
import { readMachineBlock } from './machine-block.ts'
import { hasSameBytes, type Wanted } from './wanted.ts'

/** What has to be done for one branch, so that the forge is as it should be. */
export type Step =
  | {
      do: 'keep'
      wanted: Wanted
      /** Where the branch is now; `undefined` where there is none. */
      head: string | undefined
      /** The commit is to be made; without a head, the branch too. */
      write: boolean
      pull: OpenPullRequest | undefined
      /** Title, body and dress are to be written anew. */
      text: boolean
      operation: 'open' | 'update' | 'unchanged'
    }
  | { do: 'hold'; wanted: Wanted; pull: OpenPullRequest | undefined; reason: string }
  | { do: 'close'; branch: Branch | undefined; name: string; pull: OpenPullRequest | undefined; reason: string }
  /** It stands, but nothing may merge it by itself now. */
  | { do: 'restrain'; pull: OpenPullRequest }

/** A branch of ours that nothing due stands behind. */
export interface Idle {
  name: string
  /** Why nothing is due, where it is to be closed; `undefined` where it waits, is held or blocked, and stays. */
  close: string | undefined
}

/** The label by which people hold a pull request. */
export const HOLD_LABEL = 'gitops/hold'

/**
 * What differs between the pull requests that should be and those that are. Pure; once its steps are taken, the next call
 * has nothing to write.
 *
 * @param idle branches of this action in this run's scope that are not wanted.
 */
export function reconcile(
  wanted: readonly Wanted[],
  idle: readonly Idle[],
  state: ForgeState,
  hasPullRequests: boolean,
): Step[] {
  return [...wanted.map((each) => towards(each, state, hasPullRequests)), ...idle.flatMap((each) => away(each, state))]
}

function towards(wanted: Wanted, state: ForgeState, hasPullRequests: boolean): Step {
  const { branch: name } = wanted.request
  const branch = state.branches.get(name)
  const pull = state.pullRequests.get(name)?.open
  if (branch && !branch.own) {
    const reason = `The branch ${name} holds a commit of somebody else, so it is left alone; merge it, or delete the branch.`
    return { do: 'hold', wanted, pull, reason }
  }
  if (pull?.labels.includes(HOLD_LABEL)) {
    return { do: 'hold', wanted, pull, reason: `The label ${HOLD_LABEL} on #${pull.number} holds it.` }
  }
  const same = branch?.own !== undefined && hasSameBytes(branch.own, wanted.request)
  const text = hasPullRequests && (!pull || (pull.ours && !isDressed(pull, wanted)))
  const isThere = hasPullRequests ? pull !== undefined : branch !== undefined
  const operation = !isThere ? 'open' : !same || text ? 'update' : 'unchanged'
  return { do: 'keep', wanted, head: branch?.head, write: !same, pull, text, operation }
}

/** A text that people have changed since stays theirs, as long as the block in it stands. */
function isDressed({ body }: OpenPullRequest, { block: { inputs }, decorated }: Wanted): boolean {
  const block = readMachineBlock(body)
  return block?.inputs === inputs && (block.done === true || !decorated)
}

function away({ name, close }: Idle, { branches, pullRequests }: ForgeState): Step[] {
  const branch = branches.get(name)
  const pull = pullRequests.get(name)?.open
  if (close === undefined) return pull?.merging ? [{ do: 'restrain', pull }] : []
  const foreign = (branch && !branch.own) || pull?.ours === false
  if (foreign || (!branch && !pull)) return []
  return [{ do: 'close', branch, name, pull, reason: close }]
}
