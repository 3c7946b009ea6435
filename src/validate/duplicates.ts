import { groupOf } from '../kubernetes/api-version.ts'
import type { Place, ResourceName } from '../report/finding.ts'
import { comparePaths } from '../repository/tree.ts'
import type { Ledger } from './ledger.ts'

/** A resource and where it is named. The place is asked for only if another one has the same identity. */
interface Occurrence {
  resource: ResourceName
  source?: string
  place: () => Place | Promise<Place>
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
  async *duplicates(): AsyncIterable<Duplicate> {
    for (const identities of this.#seen.values()) {
      for (const occurrences of identities.values()) {
        if (occurrences.length < 2) continue
        const placed = await Promise.all(occurrences.map(async (each) => ({ ...each, at: await each.place() })))
        placed.sort((a, b) => comparePlaces(a.at, b.at))
        const first = placed[0] as (typeof placed)[number]
        for (const later of placed.slice(1)) yield { later, earlier: first.at }
      }
    }
  }
}

function comparePlaces(a: Place, b: Place): number {
  return comparePaths(a.file, b.file) || a.line - b.line || a.column - b.column
}

/** `resource/duplicate`: of resources with one identity in one destination, all but the first. */
export async function reportDuplicates(destinations: Destinations, ledger: Ledger): Promise<void> {
  for await (const { later, earlier } of destinations.duplicates()) {
    if (comparePlaces(earlier, later.at) === 0) continue
    const { kind, name } = later.resource
    ledger.add({
      rule: 'resource/duplicate',
      message: `${kind} ${name} is already defined at ${earlier.file}:${earlier.line}:${earlier.column}; only one of them can stand.`,
      ...later.at,
      source: later.source,
      resource: later.resource,
      path: ['metadata', 'name'],
    })
  }
}
