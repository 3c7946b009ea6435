import { promotionOf } from '../commands/promote.ts'
import { PROMOTE_FLAGS, readPromoteInputs } from '../inputs/promote.ts'
import { nodeWorld } from '../main.ts'
import { settleInAction } from './settle.ts'
import { runAction } from './wrapper.ts'

/** The entry point of `actions/promote`. */
export async function promoteAction(): Promise<void> {
  await runAction(nodeWorld(process.env.RUNNER_DEBUG === '1'), (world) =>
    settleInAction('Promote', PROMOTE_FLAGS, world, (given) => {
      const { request, ...inputs } = readPromoteInputs(given, [], true)
      return { inputs, errand: promotionOf(request, world) }
    }),
  )
}
