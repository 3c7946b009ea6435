import { groupOf } from '../kubernetes/api-version.ts'
import type { Place, ResourceName } from '../report/finding.ts'
import { comparePaths } from '../repository/tree.ts'
import type { Destination } from './destination.ts'
import type { Ledger } from './ledger.ts'
import { findVariants, NO_VARIANTS } from './variants.ts'

/** A resource and where it is named. The place is asked for only if another one has the same identity. */
export interface Occurrence {
  resource: ResourceName
  source?: string
  place: () => Place | Promise<Place>
}

export interface Duplicate {
  later: Occurrence & { at: Place }
  earlier: Place
}

interface Identities {
  identities: Map<string, Occurrence[]>
  guessed: boolean
}

/**
 * Remembers which resources go where: to one destination, an identity (group, kind, namespace, name) can go only
 * once, since the last one applied wins. An absent namespace differs from a written one.
 */
export class Destinations {
  readonly #seen = new Map<string, Identities>()
  /** Sources that are not compared, as they look like one application in several clusters: an example, and how many. */
  readonly variants = new Map<string, { example: readonly [string, string]; sources: number }>()

  add({ key, guessed }: Pick<Destination, 'key' | 'guessed'>, occurrence: Occurrence): void {
    const { apiVersion, kind, namespace, name } = occurrence.resource
    if (name === '') return
    const { identities } = this.#seen.get(key) ?? { identities: new Map<string, Occurrence[]>() }
    this.#seen.set(key, { identities, guessed: guessed === true })
    const identity = `${groupOf(apiVersion)}/${kind}/${namespace ?? ''}/${name}`
    const earlier = identities.get(identity)
    if (earlier) earlier.push(occurrence)
    else identities.set(identity, [occurrence])
  }

  /** Everything but the first place of each identity. The same place reached twice is one. */
  async *duplicates(): AsyncIterable<Duplicate> {
    for (const [key, { identities, guessed }] of this.#seen) {
      const variants = guessed ? findVariants([...identities.values()]) : NO_VARIANTS
      if (variants.example) this.variants.set(key, { example: variants.example, sources: variants.sources })
      for (const occurrences of identities.values()) {
        if (occurrences.length < 2 || variants.areAll(occurrences)) continue
        const placed = await Promise.all(occurrences.map(async (each) => ({ ...each, at: await each.place() })))
        placed.sort((a, b) => comparePlaces(a.at, b.at))
        for (const [at, later] of placed.entries()) {
          const earlier = placed.slice(0, at).find((each) => !variants.are(each.source, later.source))
          if (earlier) yield { later, earlier: earlier.at }
        }
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
