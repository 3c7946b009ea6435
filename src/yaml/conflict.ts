import type { Problem } from './problem.ts'

/** What git writes above, between and below two versions that it could not merge. */
const MARKERS = [/^<{7}(?= |\r?$)/m, /^={7}(?= |\r?$)/m, /^>{7}(?= |\r?$)/m] as const

/**
 * A merge conflict in a text that is no YAML: the one thing to say about it, since whatever else is wrong comes from
 * there. Within a block scalar such lines are indented, so they never begin one.
 */
export function conflictIn(text: string): Problem | undefined {
  const [ours, between, theirs] = MARKERS.map((marker) => text.search(marker)) as [number, number, number]
  if (ours < 0 || between < 0 || theirs < 0) return undefined
  const message =
    'Not valid YAML: this file holds a merge conflict that was not resolved; keep what is meant, and remove the marker lines <<<<<<<, ======= and >>>>>>>.'
  return { rule: 'yaml/syntax', message, offset: ours }
}
