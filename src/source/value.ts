import type { PathStep } from '../yaml/locate.ts'

/** The value at a path, or `undefined` where there is none. */
export function valueAt(value: unknown, path: readonly PathStep[]): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<PathStep, unknown>)[step]
  }
  return at
}

export function hasPath(value: unknown, path: readonly PathStep[]): boolean {
  return path.length === 0 || valueAt(value, path) !== undefined || endsInNull(value, path)
}

function endsInNull(value: unknown, path: readonly PathStep[]): boolean {
  const parent = valueAt(value, path.slice(0, -1))
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, path.at(-1) as PathStep)
}

export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** What tells the items of an associative list apart, in the order of how telling it is. */
const ITEM_KEYS = [
  'name',
  'key',
  'containerPort',
  'port',
  'mountPath',
  'devicePath',
  'topologyKey',
  'type',
  'host',
  'ip',
]

/**
 * The same path in another version of a value: list items are found again by what names them, since a patch or a
 * merge moves them. `undefined` where the other value has no such item.
 */
export function alignPath(value: unknown, other: unknown, path: readonly PathStep[]): PathStep[] | undefined {
  const aligned: PathStep[] = []
  let here = value
  let there = other
  for (const step of path) {
    const next = typeof step === 'number' ? sameItem(here, there, step) : step
    if (next === undefined) return undefined
    aligned.push(next)
    here = valueAt(here, [step])
    there = valueAt(there, [next])
  }
  return aligned
}

function sameItem(list: unknown, other: unknown, index: number): number | undefined {
  if (!Array.isArray(list) || !Array.isArray(other)) return undefined
  const item: unknown = list[index]
  if (typeof item === 'object' && item !== null) {
    for (const key of ITEM_KEYS) {
      const name = (item as Record<string, unknown>)[key]
      if (name === undefined) continue
      const found = other.findIndex((each) => valueAt(each, [key]) === name)
      return found < 0 ? undefined : found
    }
  }
  const equal = other.findIndex((each) => sameValue(each, item))
  if (equal >= 0) return equal
  return index < other.length ? index : undefined
}
