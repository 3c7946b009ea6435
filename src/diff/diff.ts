import { CONFIG_FILE } from '../config/in-force.ts'
import { comparePaths, type Tree } from '../repository/tree.ts'
import { isCandidate } from '../source/selection.ts'
import { type Budget, compareSource } from './compare.ts'
import { type RenderPorts, renderSources } from './render-side.ts'
import type { RenderedDiff, SourceDiff } from './rendered-diff.ts'
import type { RenderSettings } from './renderer.ts'
import { openSide, reads, type Side, type Source } from './side.ts'

/** What comparing trees needs of the world. */
export interface DiffPorts extends Omit<RenderPorts, 'rendered'> {
  progress?(done: number, total: number, what: string): void
}

export interface DiffRequest extends RenderSettings {
  /** Paths of the files that differ between the trees; only what is rendered from one of them is compared. */
  changed: readonly string[]
  /** Folders and files to look at; the whole tree without. */
  paths?: readonly string[]
}

/** Lines of patches in one diff: more than anybody reads, and than a report should hold. */
const MOST_LINES = 20_000

/**
 * What a change of files makes of the rendered result. A source is rendered, once for each side, where a changed file is
 * among those that either side reads for it.
 */
export async function diffTrees(
  before: Tree,
  after: Tree,
  request: DiffRequest,
  ports: DiffPorts,
): Promise<RenderedDiff> {
  const { config, changed, paths = [''] } = request
  const old = openSide(before, paths, config)
  const now = openSide(after, paths, config)
  const affected = affectedSources([old, now], changed)
  const renderings = await renderBoth(old, now, affected, request, ports)

  const sources: SourceDiff[] = []
  const unchangedSources: string[] = []
  const rendered: string[] = []
  const budget: Budget = { lines: MOST_LINES }
  for (const source of affected) {
    const sides = { before: renderings.before?.get(source.key), after: renderings.after?.get(source.key) }
    const diff = compareSource(source, sides, config.limits.yaml, budget)
    if (!diff) continue
    rendered.push(source.key)
    if (diff.failure === undefined && diff.resources.length === 0) unchangedSources.push(source.name)
    else sources.push(diff)
  }
  return { sources, unchangedSources, unrendered: unrenderedFiles([old, now], changed, rendered) }
}

/** Both at once: most changes concern few sources, and to start an engine takes longer than to render them. */
async function renderBoth(
  old: Side,
  now: Side,
  affected: readonly Source[],
  request: DiffRequest,
  { startEngines, processors, progress }: DiffPorts,
) {
  const work = [old, now].map((side) => ({ side, sources: affected.flatMap(({ key }) => side.find(key) ?? []) }))
  const total = work.reduce((sum, { sources }) => sum + sources.length, 0)
  let done = 0
  const ports: RenderPorts = {
    startEngines,
    processors: Math.max(1, Math.floor(processors / 2)),
    rendered: (what) => progress?.(++done, total, what),
  }
  const [before, after] = await Promise.all(
    work.map(({ side, sources }) => renderSources(side, sources, request, ports)),
  )
  return { before, after }
}

/** By name; those of the later side where both have one. */
function affectedSources(sides: readonly Side[], changed: readonly string[]): Source[] {
  const affected = new Map<string, Source>()
  for (const { sources } of sides) {
    for (const source of sources) if (changed.some((path) => reads(source, path))) affected.set(source.key, source)
  }
  return [...affected.values()].sort((a, b) => comparePaths(a.name, b.name) || comparePaths(a.key, b.key))
}

/** Of all that may be manifests. Our own configuration is none. */
function unrenderedFiles(sides: readonly Side[], changed: readonly string[], rendered: readonly string[]): string[] {
  const read = sides.flatMap((side) => rendered.flatMap((key) => side.find(key) ?? []))
  const mayHold = (path: string) =>
    isCandidate(path) && path !== CONFIG_FILE && sides.some(({ chosen }) => chosen.has(path))
  return changed.filter((path) => mayHold(path) && !read.some((source) => reads(source, path))).sort(comparePaths)
}
