import type { Scalar } from './scalar.ts'

/** The sentence for a plain scalar that the cluster reads as something else than it says. */
export function ambiguity(written: string, cluster: Scalar, suggests: Scalar): string {
  return `${written} is ${reading(cluster)} to the cluster, but reads as ${reading(suggests)} elsewhere; write "${written}" or ${cluster}.`
}

function reading(value: Scalar): string {
  if (value === null) return 'null'
  return typeof value === 'string' ? `the string "${value}"` : `the ${typeof value} ${value}`
}

export function duplicateKey(key: string): string {
  return `${JSON.stringify(key)} is already a key of this mapping; the cluster keeps only the last.`
}

/** A written key after `<<`: every reader agrees on the value, strict ones refuse it. */
export function shadowedMerge(key: string): string {
  return `${JSON.stringify(key)} is also merged in by <<; the value written here counts.`
}

/** `<<` after a written key: go-yaml v2 overwrites, YAML 1.2 readers do not. */
export function overwrittenByMerge(key: string): string {
  return `<< overwrites ${JSON.stringify(key)}, written before it, in the cluster; other readers keep the written value. Put << first.`
}
