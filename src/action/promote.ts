import { promotionOf } from '../commands/promote.ts'
import type { World } from '../commands/world.ts'
import { PROMOTE_FLAGS, readPromoteInputs } from '../inputs/promote.ts'
import { BLANK, settleInAction } from './settle.ts'
import { actionWorld, runAction } from './wrapper.ts'

/** The entry point of `actions/promote`. */
export async function promoteAction(): Promise<void> {
  const world = actionWorld()
  const act = (world: World) =>
    settleInAction('Promote', PROMOTE_FLAGS, world, (given) => {
      const { request, ...inputs } = readPromoteInputs(given, [], true)
      return { inputs, errand: promotionOf(request, world) }
    })
  await runAction(world, act, BLANK)
}
