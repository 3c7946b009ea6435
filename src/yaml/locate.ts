import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { afterNode, type Span, spansOf } from './event.ts'
import { readPlain } from './scalar.ts'

/** Where a field stands: its value, and its key when it has one. */
export interface Located {
  value: Span
  key?: Span
  /** Index of the value's event, for what wants to look closer. */
  event: number
  /** The value was reached through an alias or a merge: the place is where that stands. */
  aliased: boolean
}

/** One step of a JSON Pointer, unescaped. */
export type PathStep = string | number

/**
 * Finds a field by its path among a document's events, or `undefined` when the document lacks it. The search walks
 * the events once per step; nothing is indexed, because only findings ask.
 */
export function locate(
  text: string,
  events: readonly Event[],
  start: number,
  path: readonly PathStep[],
): Located | undefined {
  let at = start
  let key: Span | undefined
  let standsAt: Located | undefined
  for (const step of path) {
    const event = resolveAlias(text, events, start, at)
    if (event !== at && !standsAt) standsAt = { value: spansOf(text, events, at), key, event: at, aliased: true }
    const found = child(text, events, start, event, step)
    if (!found) return undefined
    if (found.merge && !standsAt) standsAt = { ...found.merge, aliased: true }
    at = found.value
    key = found.key
  }
  if (standsAt) return { ...standsAt, event: at }
  const aliased = events[at]?.type === EVENT_ID.ALIAS
  return { value: spansOf(text, events, at), ...(key && { key }), event: at, aliased }
}

interface Child {
  value: number
  key?: Span
  merge?: Located
}

function child(
  text: string,
  events: readonly Event[],
  root: number,
  parent: number,
  step: PathStep,
): Child | undefined {
  const event = events[parent]
  if (event?.type === EVENT_ID.SEQUENCE) return nthItem(events, parent, Number(step))
  if (event?.type === EVENT_ID.MAPPING) return entry(text, events, root, parent, String(step))
  return undefined
}

function nthItem(events: readonly Event[], parent: number, index: number): Child | undefined {
  let at = parent + 1
  for (let n = 0; (events[at] as Event).type !== EVENT_ID.POP; n++) {
    if (n === index) return { value: at }
    at = afterNode(events, at)
  }
  return undefined
}

/** The last of duplicate keys counts, as in the cluster; a merged key only where none is written. */
function entry(text: string, events: readonly Event[], root: number, parent: number, name: string): Child | undefined {
  let found: Child | undefined
  let merged: Child | undefined
  let at = parent + 1
  while ((events[at] as Event).type !== EVENT_ID.POP) {
    const keyAt = at
    const valueAt = afterNode(events, keyAt)
    const key = keyText(text, events[keyAt] as Event)
    if (key === name) found = { value: valueAt, key: spansOf(text, events, keyAt) }
    else if (key === '<<') merged = mergedEntry(text, events, root, valueAt, name) ?? merged
    at = afterNode(events, valueAt)
  }
  return found ?? merged
}

function mergedEntry(
  text: string,
  events: readonly Event[],
  root: number,
  valueAt: number,
  name: string,
): Child | undefined {
  const target = resolveAlias(text, events, root, valueAt)
  const parts = events[target]?.type === EVENT_ID.SEQUENCE ? children(events, target) : [valueAt]
  for (const part of parts) {
    const found = child(text, events, root, resolveAlias(text, events, root, part), name)
    if (found) return { ...found, merge: { value: spansOf(text, events, part), event: found.value, aliased: true } }
  }
  return undefined
}

function children(events: readonly Event[], parent: number): number[] {
  const found: number[] = []
  let at = parent + 1
  while ((events[at] as Event).type !== EVENT_ID.POP) {
    found.push(at)
    at = afterNode(events, at)
  }
  return found
}

/** The event an alias stands for: the last node so anchored before it. */
function resolveAlias(text: string, events: readonly Event[], root: number, at: number): number {
  const event = events[at]
  if (event?.type !== EVENT_ID.ALIAS) return at
  const name = text.slice(event.anchorStart, event.anchorEnd)
  for (let index = at - 1; index >= root; index--) {
    const other = events[index] as Event
    if (!('tagStart' in other) || other.anchorStart < 0) continue
    if (text.slice(other.anchorStart, other.anchorEnd) === name) return index
  }
  return at
}

/** A key's text as composing it yields, so that pointers and keys agree. */
export function keyText(text: string, event: Event): string | undefined {
  if (event.type !== EVENT_ID.SCALAR) return undefined
  const content = getScalarValue(text, event)
  if (event.style !== SCALAR_STYLE.PLAIN || event.tagStart >= 0 || content === '<<') return content
  return String(readPlain(content).cluster)
}
