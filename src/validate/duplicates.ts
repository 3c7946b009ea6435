import { groupOf } from '../kubernetes/api-version.ts'
import type { Place, ResourceName } from '../report/finding.ts'
import { comparePaths } from '../repository/tree.ts'

/** A resource and where it is named. The place is asked for only if another one has the same identity. */
interface Occurrence {
  resource: ResourceName
  source?: string
  place: () => Place
}

export interface Duplicate {
  later: Occurrence & { at: Place }
  earlier: Place
}

/**
 * Remembers which resources go where: to one destination, an identity (group, kind, namespace, name) can go only
 * once, since the last one applied wins. An absent namespace differs from a written one.
 */
export class Destinations {
  readonly #seen = new Map<string, Map<string, Occurrence[]>>()

  add(destination: string, occurrence: Occurrence): void {
    const { apiVersion, kind, namespace, name } = occurrence.resource
    if (name === '') return
    const identities = this.#seen.get(destination) ?? new Map<string, Occurrence[]>()
    this.#seen.set(destination, identities)
    const identity = `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`
    const earlier = identities.get(identity)
    if (earlier) earlier.push(occurrence)
    else identities.set(identity, [occurrence])
  }

  /** Everything but the first place of each identity. The same place reached twice is one. */
  *duplicates(): Iterable<Duplicate> {
    for (const identities of this.#seen.values()) {
      for (const occurrences of identities.values()) {
        if (occurrences.length < 2) continue
        const placed = occurrences
          .map((each) => ({ ...each, at: each.place() }))
          .sort((a, b) => comparePlaces(a.at, b.at))
        const first = placed[0] as (typeof placed)[number]
        for (const later of placed.slice(1)) yield { later, earlier: first.at }
      }
    }
  }
}

function comparePlaces(a: Place, b: Place): number {
  return comparePaths(a.file, b.file) || a.line - b.line || a.column - b.column
}
