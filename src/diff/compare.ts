import type { YamlLimits } from '../yaml/limits.ts'
import { type Pair, pairResources } from './pair.ts'
import { patchOf } from './patch.ts'
import type { Rendering } from './render-side.ts'
import type { ResourceDiff, SourceDiff } from './rendered-diff.ts'
import { type ReadResources, readResources } from './resource.ts'
import type { Source } from './side.ts'

/** How a source renders on both sides; absent where a side has no such source. */
export interface Renderings {
  before?: Rendering
  after?: Rendering
}

/** How many lines of patches one comparison still computes; what comes after is only named. */
export interface Budget {
  lines: number
}

/**
 * Compares what a source renders to on both sides. A side that fails leaves nothing to compare: all of the other would look
 * added or removed.
 *
 * @returns `undefined` where neither side holds a resource
 */
export function compareSource(
  { name, kind }: Pick<Source, 'name' | 'kind'>,
  renderings: Renderings,
  limits: YamlLimits,
  budget: Budget,
): SourceDiff | undefined {
  const failed = failureOf(failureIn(renderings.before), failureIn(renderings.after))
  if (failed !== undefined) return { source: name, kind, resources: [], failure: failed }

  const [onlyBefore, onlyAfter] = differing(textsOf(renderings.before), textsOf(renderings.after))
  const file = kind === 'manifest' ? name : ''
  const before = readAll(onlyBefore, file, limits)
  const after = readAll(onlyAfter, file, limits)
  const unreadable = failureOf(before.problems[0], after.problems[0])
  if (unreadable !== undefined) return { source: name, kind, resources: [], failure: unreadable }

  if (kind === 'manifest' && before.resources.length === 0 && after.resources.length === 0) return undefined
  const pairs = pairResources(before.resources, after.resources)
  return { source: name, kind, resources: pairs.flatMap((pair) => comparePair(pair, budget) ?? []) }
}

function failureIn(rendering: Rendering | undefined): string | undefined {
  return rendering && 'failure' in rendering ? rendering.failure : undefined
}

function textsOf(rendering: Rendering | undefined): readonly string[] {
  return rendering && 'texts' in rendering ? rendering.texts : []
}

function failureOf(before: string | undefined, after: string | undefined): string | undefined {
  if (before === after) return before
  const told = [before && `Before the change: ${before}`, after && `After the change: ${after}`]
  return told.filter(Boolean).join(' ')
}

/** Texts that only one side has. Most resources are the same byte for byte, and need not be read. */
function differing(before: readonly string[], after: readonly string[]): [string[], string[]] {
  const [old, now] = [new Set(before), new Set(after)]
  return [before.filter((text) => !now.has(text)), after.filter((text) => !old.has(text))]
}

function readAll(texts: readonly string[], file: string, limits: YamlLimits): ReadResources {
  const read = texts.map((text) => readResources(text, file, limits))
  return { resources: read.flatMap(({ resources }) => resources), problems: read.flatMap(({ problems }) => problems) }
}

function comparePair(pair: Pair, budget: Budget): ResourceDiff | undefined {
  const { before, after } = pair
  const shown = after ?? before
  if (!shown) return undefined
  const patch =
    budget.lines > 0
      ? patchOf(pair)
      : { lines: [], notice: 'It is not compared line by line: the change is too large as a whole.' }
  if (!patch) return undefined
  budget.lines -= patch.lines.length
  const { apiVersion, kind, namespace, name } = shown
  return {
    ...{ apiVersion, kind, ...(namespace !== undefined && { namespace }), name },
    ...(before && before.name !== name && { previousName: before.name }),
    change: before && after ? 'changed' : before ? 'removed' : 'added',
    patch: patch.lines,
    ...(patch.notice !== undefined && { notice: patch.notice }),
  }
}
