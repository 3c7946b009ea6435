export type ResolvedMinor = { minor: string; notice?: string } | { error: string }

/** A version as people and clusters write it: `1.34`, `v1.34`, `1.34.4`, `v1.34.4-gke.1080000`. */
const VERSION = /^v?(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})(?:\.\d+(?:[-+].*)?)?$/

/**
 * The minor of the catalog that stands for a requested Kubernetes version: the newest where none is requested, the
 * lower where the requested one lies between two.
 *
 * @param minors `X.Y`, ascending
 */
export function resolveMinor(requested: string | undefined, minors: readonly string[]): ResolvedMinor {
  const oldest = minors.at(0)
  const newest = minors.at(-1)
  if (oldest === undefined || newest === undefined) return { error: 'The schema catalog holds no Kubernetes version.' }
  if (requested === undefined) return { minor: newest }

  const [, major, minor] = VERSION.exec(requested.trim()) ?? []
  if (major === undefined || minor === undefined) {
    return { error: `${JSON.stringify(requested)} is no Kubernetes version; write one such as ${newest}.` }
  }
  const wanted = `${major}.${minor}`
  if (compareMinors(wanted, oldest) < 0 || compareMinors(wanted, newest) > 0) {
    return { error: `Kubernetes ${wanted} is unknown here; choose one from ${oldest} to ${newest}.` }
  }
  const found = minors.findLast((known) => compareMinors(known, wanted) <= 0) ?? oldest
  if (found === wanted) return { minor: found }
  return { minor: found, notice: `There are no schemas of Kubernetes ${wanted}; those of ${found} are used instead.` }
}

/** Negative where `a` is the older; both `X.Y`. */
export function compareMinors(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number)
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number)
  return aMajor - bMajor || aMinor - bMinor
}
