import { count } from '../report/count.ts'
import type { ResourceName } from '../report/finding.ts'
import { countChanges, type RenderedDiff, type SourceDiff } from './rendered-diff.ts'

/** How many names a sentence lists. */
const MOST_NAMED = 10

/** A resource in a title: `Deployment prod/web`. */
export function resourceTitle({ kind, namespace, name }: ResourceName): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}

/** `2 resources changed, 1 added`; empty where nothing differs. */
export function changesOf(sources: readonly SourceDiff[]): string {
  const counts = Object.entries(countChanges(sources)).filter(([, number]) => number > 0)
  return counts.map(([change, number], at) => `${at === 0 ? count(number, 'resource') : number} ${change}`).join(', ')
}

/** What a diff comes to, a sentence each. Names are as they stand in the repository. */
export function summaryOf({ sources, unchangedSources, unrendered }: RenderedDiff): string[] {
  const failed = sources.filter(({ failure }) => failure !== undefined).length
  const differing = sources.length - failed
  const sentences = [
    differing > 0 ? `${count(differing, 'source')} differ${differing === 1 ? 's' : ''}: ${changesOf(sources)}.` : '',
    failed > 0 ? `${count(failed, 'source')} cannot be rendered, so what changes there is not known.` : '',
    unchangedSources.length > 0 ? `${count(unchangedSources.length, 'affected source')} rendered as before.` : '',
    unrendered.length > 0 ? `Changed, but not part of anything that is rendered: ${listed(unrendered)}.` : '',
  ].filter((sentence) => sentence !== '')
  return sources.length === 0 ? ['Nothing that is rendered changes.', ...sentences] : sentences
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
