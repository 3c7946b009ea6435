import { text } from '../inputs/flag.ts'
import { PROMOTE_FORMATS } from '../inputs/promote.ts'
import { ROLLBACK_FLAGS, readRollbackInputs } from '../inputs/rollback.ts'
import { readRollbackBase } from '../promote/rollback/base.ts'
import { planRollback } from '../promote/rollback/plan.ts'
import type { RollbackRequest } from '../promote/rollback/request.ts'
import { type Command, commonFlags } from './command.ts'
import { type Errand, settleRepository } from './settle.ts'
import { type PromoteFormat, tellSettled } from './settled.ts'

export const rollbackCommand: Command = {
  name: 'rollback',
  operands: '--app APP --environment ENV [OPTIONS]',
  summary: 'Restore an earlier version by pull request',
  flags: [...ROLLBACK_FLAGS, ...commonFlags(PROMOTE_FORMATS)],
  async run({ given, operands }, world) {
    const { request, ...inputs } = readRollbackInputs(given, operands, world.sink.options.inActions)
    const settled = await settleRepository(inputs, rollbackOf(request, world), world)
    const format = (text(given, 'format') ?? 'text') as PromoteFormat
    return tellSettled(settled, { format, output: text(given, 'output') }, world)
  },
}

/** Rollback as of now. */
export function rollbackOf(request: RollbackRequest, { now }: { now(): number }): Errand {
  const { app, environment } = request
  return {
    request: { apps: [app], environments: [environment] },
    read: (git, commit, config, repository) => readRollbackBase(git, commit, config, { repository, request }),
    decide: ({ base, config }, { answers }, earlier) =>
      planRollback(base, config, now(), { ...request, ...(answers && { answers }), ...(earlier && { earlier }) }),
  }
}
