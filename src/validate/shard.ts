import { comparePaths } from '../repository/tree.ts'
import type { Sources } from '../source/discover.ts'

export interface Shard {
  index: number
  count: number
}

/** Rendering a source takes about as long as reading so many plain files. */
const FILES_A_SOURCE = 50

/**
 * The part of the sources that falls to a shard: every source and every file goes to exactly one. What goes to the same
 * destination stays together, because only there can an object be found to stand twice.
 *
 * @param destination of a folder's rendered source, or of its plain manifests
 */
export function shardOf(
  sources: Sources,
  shard: Shard | undefined,
  destination: (folder: string, is: 'source' | 'plain') => string,
): Sources {
  if (!shard) return sources
  const ofScan = (scan: Sources['kustomizations'][number]) => destination(scan.root.folder, 'source')
  const ofChart = (chart: Sources['charts'][number]) => destination(chart.folder, 'source')
  const ofFile = (file: string) => destination(file.slice(0, Math.max(0, file.lastIndexOf('/'))), 'plain')

  const weights = new Map<string, number>()
  const weigh = (key: string, weight: number) => weights.set(key, (weights.get(key) ?? 0) + weight)
  for (const scan of sources.kustomizations) weigh(ofScan(scan), FILES_A_SOURCE)
  for (const chart of sources.charts) weigh(ofChart(chart), FILES_A_SOURCE)
  for (const file of sources.plain) weigh(ofFile(file), 1)
  const mine = assign(weights, shard)
  return {
    ...sources,
    kustomizations: sources.kustomizations.filter((scan) => mine.has(ofScan(scan))),
    charts: sources.charts.filter((chart) => mine.has(ofChart(chart))),
    plain: sources.plain.filter((file) => mine.has(ofFile(file))),
  }
}

/** The heaviest first, each to the shard that has least; every shard comes to the same answer. */
function assign(weights: ReadonlyMap<string, number>, { index, count }: Shard): Set<string> {
  const loads = new Array<number>(Math.min(count, weights.size)).fill(0)
  const mine = new Set<string>()
  for (const [key, weight] of [...weights].sort(([a, one], [b, other]) => other - one || comparePaths(a, b))) {
    const lightest = loads.reduce((least, load, at) => (load < (loads[least] as number) ? at : least), 0)
    loads[lightest] = (loads[lightest] as number) + weight
    if (lightest === index - 1) mine.add(key)
  }
  return mine
}
