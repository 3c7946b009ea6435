import { type Colours, colours } from '../report/colour.ts'
import { markCommand, visible } from '../report/neutralise.ts'
import type { RenderedDiff, ResourceDiff, SourceDiff } from './rendered-diff.ts'
import { resourceTitle, summaryOf } from './words.ts'

/** A unified diff by source and resource, for people; nothing in it speaks to a terminal or a runner. */
export function formatDiffText(diff: RenderedDiff, options: { colour: boolean }): string {
  const paint = colours(options.colour)
  const blocks = diff.sources.map((source) => sourceLines(source, paint).join('\n'))
  return `${[...blocks, summaryOf(diff).map(safe).join('\n')].join('\n\n')}\n`
}

function sourceLines({ source, resources, failure }: SourceDiff, paint: Colours): string[] {
  const failed = failure === undefined ? [] : [paint.red(safe(`cannot be rendered: ${failure}`))]
  return [paint.bold(safe(source)), ...failed, ...resources.flatMap((resource) => resourceLines(resource, paint))]
}

function resourceLines(resource: ResourceDiff, paint: Colours): string[] {
  const { change, previousName, name, patch, notice } = resource
  const before = change === 'added' ? '/dev/null' : resourceTitle({ ...resource, name: previousName ?? name })
  const after = change === 'removed' ? '/dev/null' : resourceTitle(resource)
  return [
    paint.bold(safe(`--- ${before}`)),
    paint.bold(safe(`+++ ${after}`)),
    ...patch.map((line) => painted(safe(line), paint)),
    ...(notice === undefined ? [] : [paint.dim(notice)]),
  ]
}

function painted(line: string, paint: Colours): string {
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('-')) return paint.red(line)
  return line.startsWith('+') ? paint.green(line) : paint.dim(line)
}

function safe(line: string): string {
  return markCommand(visible(line))
}
