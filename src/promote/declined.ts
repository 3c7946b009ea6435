import type { ForgeState } from '../forge/forge.ts'
import { branchName } from './branch.ts'
import { hasVersion, readMachineBlock } from './machine-block.ts'
import type { Plan, Promotion } from './plan.ts'

/**
 * Why a promotion is not proposed again: a person closed the newest pull request of its branch, and it was for the same
 * version.
 */
export function declinedBy(
  action: Plan['action'],
  { pullRequests }: Pick<ForgeState, 'pullRequests'>,
): (promotion: Promotion) => string | undefined {
  return (promotion) => {
    for (const app of [promotion.app, undefined]) {
      const { open, closed } = pullRequests.get(branchName(action, promotion.to, app)) ?? {}
      if (open || !closed?.byPerson || closed.merged || !closed.ours) continue
      const block = readMachineBlock(closed.body)
      if (!block || !hasVersion(block, promotion)) continue
      return `Pull request #${closed.number} with this version was closed by a person; the next version is proposed again, this one where --version names it.`
    }
    return undefined
  }
}
