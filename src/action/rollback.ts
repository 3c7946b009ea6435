import { rollbackOf } from '../commands/rollback.ts'
import type { World } from '../commands/world.ts'
import { ROLLBACK_FLAGS, readRollbackInputs } from '../inputs/rollback.ts'
import { BLANK, settleInAction } from './settle.ts'
import { actionWorld, runAction } from './wrapper.ts'

/** The entry point of `actions/rollback`. */
export async function rollbackAction(): Promise<void> {
  const world = actionWorld()
  const act = (world: World) =>
    settleInAction('Roll back', ROLLBACK_FLAGS, world, (given) => {
      const { request, ...inputs } = readRollbackInputs(given, [], true)
      return { inputs, errand: rollbackOf(request, world) }
    })
  await runAction(world, act, BLANK)
}
