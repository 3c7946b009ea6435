import type { Schema } from './schema.ts'

export interface DuplicateItem {
  index: number
  /** Completes a sentence that starts with the item's path. */
  message: string
}

/** What the API server fills in before it compares keys. */
const DEFAULTS: Readonly<Record<string, unknown>> = { protocol: 'TCP' }

/**
 * Items of an associative list that share their keys, and items a set holds twice. Server-side apply, which Flux
 * always uses, refuses them; a plain create takes some and one of the two is lost at the next apply.
 */
export function duplicateListKeys(items: readonly unknown[], schema: Schema): DuplicateItem[] {
  if (items.length < 2) return []
  if (schema.listType === 'map' && schema.listKeys)
    return repeated(items, (item) => mapKey(item, schema.listKeys ?? []))
  if (schema.listType === 'set') return repeated(items, setKey)
  return []
}

function repeated(items: readonly unknown[], keyOf: (item: unknown) => string | undefined): DuplicateItem[] {
  const first = new Map<string, number>()
  const found: DuplicateItem[] = []
  items.forEach((item, index) => {
    const key = keyOf(item)
    if (key === undefined) return
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, index)
    else found.push({ index, message: `repeats ${key} of item ${earlier}; only one of them will be kept.` })
  })
  return found
}

function mapKey(item: unknown, keys: readonly string[]): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const record = item as Record<string, unknown>
  if (!keys.some((key) => Object.hasOwn(record, key))) return undefined
  return keys.map((key) => `${key} ${JSON.stringify(record[key] ?? DEFAULTS[key] ?? null)}`).join(', ')
}

function setKey(item: unknown): string | undefined {
  return typeof item === 'object' ? undefined : JSON.stringify(item)
}
