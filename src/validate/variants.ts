import type { Occurrence } from './duplicates.ts'

/** Which rendered sources of one environment are variants of each other. */
export interface Variants {
  are(one: string | undefined, other: string | undefined): boolean
  /** Whether these all come of sources of which each is a variant of each. */
  areAll(occurrences: readonly Occurrence[]): boolean
  sources: number
  example?: readonly [string, string]
}

export const NO_VARIANTS: Variants = { are: () => false, areAll: () => false, sources: 0 }

/**
 * Sources that define mostly the same objects are not two applications of which one overwrites the other: they are one
 * application for several clusters, as in `prod/cluster-1` and `prod/cluster-2`.
 *
 * @param identities the occurrences of each object within one environment.
 */
export function findVariants(identities: readonly (readonly Occurrence[])[]): Variants {
  const sizes = new Map<string, number>()
  const shared = new Map<string, Map<string, number>>()
  for (const occurrences of identities) {
    const sources = [...new Set(occurrences.flatMap(({ source }) => source ?? []))]
    for (const [at, source] of sources.entries()) {
      sizes.set(source, (sizes.get(source) ?? 0) + 1)
      const others = shared.get(source) ?? new Map<string, number>()
      shared.set(source, others)
      for (const other of sources.slice(0, at)) others.set(other, (others.get(other) ?? 0) + 1)
    }
  }
  const sharedBy = (one: string, other: string) =>
    (shared.get(one)?.get(other) ?? 0) + (shared.get(other)?.get(one) ?? 0)
  const are = (one: string | undefined, other: string | undefined) =>
    one !== undefined &&
    other !== undefined &&
    one !== other &&
    sharedBy(one, other) * 2 > Math.min(sizes.get(one) ?? 0, sizes.get(other) ?? 0)
  const found = [...shared].flatMap(([one, others]) =>
    [...others.keys()].flatMap((other) => (are(one, other) ? [[other, one] as const] : [])),
  )
  const [example] = found
  return {
    are,
    areAll: (occurrences) =>
      occurrences.every(({ source }, at) => occurrences.slice(0, at).every((other) => are(source, other.source))),
    sources: new Set(found.flat()).size,
    ...(example && { example }),
  }
}
