import { formatPatches, formatPatchesMarkdown } from '../promote/patches.ts'
import { isBlocked, type PromoteReport, settledReport } from '../promote/report.ts'
import { formatPromoteMarkdown } from '../promote/report-markdown.ts'
import { formatPromoteText } from '../promote/report-text.ts'
import type { Settled } from '../promote/rounds.ts'
import { formatJson } from '../report/json.ts'
import { visible } from '../report/neutralise.ts'
import { deliver } from './deliver.ts'
import type { World } from './world.ts'

export type PromoteFormat = 'text' | 'json' | 'markdown'

/**
 * Prints what a run came to, and answers with the exit code: 1 where something is blocked, 3 where the run ended before
 * everything was done.
 */
export function tellSettled(
  settled: Settled,
  { format, output }: { format: PromoteFormat; output: string | undefined },
  world: World,
): number {
  const report = settledReport(settled)
  deliver(formatted(report, settled, format, output, world), output, world)
  if (settled.failure !== undefined) {
    world.sink.fail(settled.failure)
    return 3
  }
  return isBlocked(report) ? 1 : 0
}

function formatted(
  report: PromoteReport,
  { plan, state, dryRun }: Settled,
  format: PromoteFormat,
  output: string | undefined,
  { sink }: World,
): string {
  const colour = sink.options.colour && output === undefined
  const changed = plan.pullRequests.flatMap(({ files }) => files)
  const nothing = `Nothing was written; this is of ${visible(state.base.branch)} at ${state.base.commit.slice(0, 7)}.\n`
  switch (format) {
    case 'json':
      return formatJson(report, sink.options.inActions)
    case 'markdown': {
      const told = formatPromoteMarkdown(report)
      return dryRun ? `${told}\n${formatPatchesMarkdown(changed)}\n${nothing}` : told
    }
    case 'text': {
      const told = formatPromoteText(report, { colour })
      const patches = formatPatches(changed, { colour })
      return dryRun ? [told, ...(patches === '' ? [] : [patches]), nothing].join('\n') : told
    }
  }
}
