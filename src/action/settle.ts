import { commonFlags } from '../commands/command.ts'
import { type Errand, settleRepository } from '../commands/settle.ts'
import { type PromoteFormat, tellSettled } from '../commands/settled.ts'
import type { World } from '../commands/world.ts'
import { type Flag, type Given, text } from '../inputs/flag.ts'
import { type ForgeInputs, PROMOTE_FORMATS } from '../inputs/promote.ts'
import type { PromoteReport } from '../promote/report.ts'
import type { Settled } from '../promote/rounds.ts'
import { readActionInputs } from './inputs.ts'
import { recordSettled } from './settled.ts'
import { withToken } from './wrapper.ts'

/** The report of a run that found out nothing. */
export const BLANK = { version: 1, promotions: [], skipped: [] } satisfies PromoteReport

/** What promote, rollback and update do as actions: the same, of another errand. */
export async function settleInAction(
  title: string,
  flags: readonly Flag[],
  given: World,
  read: (given: Given) => { inputs: ForgeInputs; errand: Errand },
): Promise<number> {
  const world = withToken(given)
  const values = readActionInputs(world.environment, [...flags, ...commonFlags(PROMOTE_FORMATS)])
  const settled = await settleInGroup(title, read(values), world)
  const told = tell(settled, values, world)
  recordSettled({ ...settled, ...told }, world)
  return told.code === 0 ? 0 : 1
}

async function settleInGroup(
  title: string,
  { inputs, errand }: { inputs: ForgeInputs; errand: Errand },
  world: World,
): Promise<Settled> {
  world.sink.group(title)
  try {
    return await settleRepository(inputs, errand, world)
  } finally {
    world.sink.endGroup()
  }
}

/** A report that cannot be written where it should go leaves what was done as it is, and the outputs tell it. */
function tell(settled: Settled, values: Given, world: World): { code: number; failure?: unknown } {
  const format = (text(values, 'format') ?? 'text') as PromoteFormat
  try {
    return { code: tellSettled(settled, { format, output: text(values, 'output') }, world) }
  } catch (failure) {
    world.sink.fail(failure)
    return { code: 1, failure }
  }
}
