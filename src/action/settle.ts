import { commonFlags } from '../commands/command.ts'
import { type Errand, settleRepository } from '../commands/settle.ts'
import { type PromoteFormat, tellSettled } from '../commands/settled.ts'
import type { World } from '../commands/world.ts'
import { type Flag, type Given, text } from '../inputs/flag.ts'
import { type ForgeInputs, PROMOTE_FORMATS } from '../inputs/promote.ts'
import { UnsureLayout } from '../promote/layout.ts'
import { fenced } from '../report/markdown.ts'
import { readActionInputs } from './inputs.ts'
import { appendSummary } from './job-summary.ts'
import { recordSettled } from './settled.ts'
import { withToken } from './wrapper.ts'

/** What promote, rollback and update do as actions: the same, of another errand. */
export async function settleInAction(
  title: string,
  flags: readonly Flag[],
  given: World,
  read: (given: Given) => { inputs: ForgeInputs; errand: Errand },
): Promise<number> {
  const world = withToken(given)
  const { sink } = world
  const values = readActionInputs(world.environment, [...flags, ...commonFlags(PROMOTE_FORMATS)])
  const { inputs, errand } = read(values)
  const onPullRequest = (world.environment.GITHUB_EVENT_NAME ?? '').startsWith('pull_request')
  if (onPullRequest) sink.note('On pull_request events nothing is written; this is what would be done.')
  try {
    sink.group(title)
    const settled = await settleRepository({ ...inputs, dryRun: inputs.dryRun || onPullRequest }, errand, world)
    sink.endGroup()
    const format = (text(values, 'format') ?? 'text') as PromoteFormat
    const code = tellSettled(settled, { format, output: text(values, 'output') }, world)
    recordSettled(settled, world)
    return code === 0 ? 0 : 1
  } catch (error) {
    sink.endGroup()
    if (error instanceof UnsureLayout) showProposal(error, world)
    throw error
  }
}

/** The file to complete is worth more than an error message: it can be copied from the job summary. */
function showProposal({ message, proposal }: UnsureLayout, world: World): void {
  const sentence = message.slice(0, message.indexOf('\n')).trim()
  appendSummary(world, `## ❌ Promotion needs a .gitops.yaml\n\n${sentence}\n\n${fenced(proposal, 'yaml')}\n`)
}
