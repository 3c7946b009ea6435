import { formatDiffJson } from '../diff/json.ts'
import { formatDiffMarkdown } from '../diff/markdown.ts'
import { hasFailures, type RenderedDiff } from '../diff/rendered-diff.ts'
import { formatDiffText } from '../diff/text.ts'
import { diffWorktree } from '../diff/worktree-diff.ts'
import { startEngines } from '../engine/pool.ts'
import { DIFF_FLAGS, DIFF_FORMATS, type DiffInputs, readDiffInputs } from '../inputs/diff.ts'
import { type Command, commonFlags } from './command.ts'
import { deliver } from './deliver.ts'
import type { World } from './world.ts'

/** Fits into a comment on GitHub, whose limit is 65,536 characters. */
const MOST_MARKDOWN = 58_000

export const diffCommand: Command = {
  name: 'diff',
  operands: '--base REV [PATH…] [OPTIONS]',
  summary: 'Show what a change makes of the rendered manifests',
  flags: [...DIFF_FLAGS, ...commonFlags(DIFF_FORMATS)],
  async run({ given, operands }, world) {
    const inputs = readDiffInputs(given, operands)
    const diff = await diffWorktree(inputs, { ...world, startEngines, progress: world.sink.progress })
    deliver(formatted(diff, inputs, world), inputs.output, world)
    return hasFailures(diff) ? 3 : 0
  },
}

function formatted(diff: RenderedDiff, { format, output }: DiffInputs, { sink: { options } }: World): string {
  switch (format) {
    case 'json':
      return formatDiffJson(diff, options.inActions)
    case 'markdown':
      return `${formatDiffMarkdown(diff, { most: MOST_MARKDOWN })}\n`
    case 'text':
      return formatDiffText(diff, { colour: options.colour && output === undefined })
  }
}
