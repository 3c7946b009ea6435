/** What a change makes of the rendered result, as data: the JSON contract, version 1. Every format is a view of it. */
export interface RenderedDiff {
  /** Those that differ, and those that could not be compared; by name. */
  sources: readonly SourceDiff[]
  /** Rendered because a file of theirs changed, and as before. */
  unchangedSources: readonly string[]
  /** Changed files that may hold manifests and are part of nothing that was rendered. */
  unrendered: readonly string[]
}

export interface SourceDiff {
  /** The folder of a kustomization or chart, `.` for the root; the file of plain manifests. */
  source: string
  kind: SourceKind
  resources: readonly ResourceDiff[]
  /** Why there is nothing to compare: a side that cannot be rendered. */
  failure?: string
}

export type SourceKind = 'kustomization' | 'chart' | 'manifest'

export interface ResourceDiff {
  apiVersion: string
  kind: string
  namespace?: string
  name: string
  /** Where a generator gave it another suffix. */
  previousName?: string
  change: 'added' | 'removed' | 'changed'
  /** Hunks of a unified diff of both sides as YAML with sorted keys, line by line; values of Secrets are masked. */
  patch: readonly string[]
  /** Why the patch is not all there is. */
  notice?: string
}

/** How many resources were added, removed and changed. */
export function countChanges(sources: readonly SourceDiff[]): Record<ResourceDiff['change'], number> {
  const counts = { changed: 0, added: 0, removed: 0 }
  for (const { change } of sources.flatMap(({ resources }) => resources)) counts[change]++
  return counts
}

/** Whether a source could not be rendered, so that the diff is not the whole answer. */
export function hasFailures({ sources }: RenderedDiff): boolean {
  return sources.some(({ failure }) => failure !== undefined)
}
