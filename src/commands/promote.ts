import { text } from '../inputs/flag.ts'
import { PROMOTE_FLAGS, PROMOTE_FORMATS, readPromoteInputs } from '../inputs/promote.ts'
import { readBase } from '../promote/base.ts'
import { plan } from '../promote/plan.ts'
import type { Request } from '../promote/request.ts'
import { type Command, commonFlags } from './command.ts'
import { type Errand, settleRepository } from './settle.ts'
import { type PromoteFormat, tellSettled } from './settled.ts'

export const promoteCommand: Command = {
  name: 'promote',
  operands: '[OPTIONS]',
  summary: 'Move versions to the next environment by pull request',
  flags: [...PROMOTE_FLAGS, ...commonFlags(PROMOTE_FORMATS)],
  async run({ given, operands }, world) {
    const { request, ...inputs } = readPromoteInputs(given, operands, world.sink.options.inActions)
    const settled = await settleRepository(inputs, promotionOf(request, world), world)
    const format = (text(given, 'format') ?? 'text') as PromoteFormat
    return tellSettled(settled, { format, output: text(given, 'output') }, world)
  },
}

/** Promotion as of now. */
export function promotionOf(request: Request, { now }: { now(): number }): Errand {
  return {
    request,
    read: (git, commit, config, repository) => readBase(git, commit, config, { repository, request }),
    decide: ({ base, config }, circumstances) => plan(base, config, now(), circumstances),
  }
}
