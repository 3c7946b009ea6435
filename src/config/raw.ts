import type { PathStep } from '../yaml/locate.ts'

/** A mapping as YAML gave it, its values not yet looked at. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path; only what was written counts, never what JavaScript objects inherit. */
export function valueAt(value: unknown, path: readonly PathStep[]): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<PathStep, unknown>)[step]
  }
  return at
}

/** Puts another value where one stands. */
export function replaceAt(value: unknown, path: readonly PathStep[], replacement: string): void {
  const parent = valueAt(value, path.slice(0, -1))
  const last = path.at(-1)
  if (typeof parent !== 'object' || parent === null || last === undefined || last === '__proto__') return
  ;(parent as Record<PathStep, unknown>)[last] = replacement
}
