import { EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml'
import { type Composition, fail, offsetOf, report } from './composition.ts'
import { afterNode } from './event.ts'
import { keyText } from './locate.ts'
import { duplicateKey, overwrittenByMerge, shadowedMerge } from './message.ts'
import type { YamlMapping, YamlValue } from './yaml-value.ts'

/** js-yaml's own limit is 10,000; go-yaml has none. Legal files stay far below this. */
const MOST_MERGED = 400_000

/** One mapping as it grows, key by key and merge by merge: the last of duplicate keys wins. */
export class MappingInProgress {
  readonly value: YamlMapping = {}
  readonly #composition: Composition
  /** Index of the event of the first key. */
  readonly #first: number
  /** Keys that a merge brought. */
  #merged: Set<string> | undefined

  constructor(composition: Composition, first: number) {
    this.#composition = composition
    this.#first = first
  }

  /** @param at index of the key's event */
  set(key: string, item: YamlValue, at: number): void {
    if (Object.hasOwn(this.value, key)) this.#reportDuplicate(key, at)
    this.#merged?.delete(key)
    setOwn(this.value, key, item)
  }

  /**
   * `<<` takes a mapping or a list of them; in go-yaml v2 it overwrites what stands before it.
   *
   * @param at index of the event of `<<`
   * @param before keys that the document's merges have added so far
   * @returns how many they are now
   * @throws Unreadable
   */
  merge(value: YamlValue, at: number, before: number): number {
    this.#merged ??= new Set()
    let count = before
    for (const part of Array.isArray(value) ? [...value].reverse() : [value]) {
      if (part === null || typeof part !== 'object' || Array.isArray(part)) {
        const message = 'A merge (<<) takes a mapping, or a list of mappings.'
        fail(this.#composition, 'yaml/syntax', offsetOf(this.#composition, at + 1), message)
      }
      for (const [key, item] of Object.entries(part)) {
        if (++count > MOST_MERGED) {
          const message = `Merges (<<) add more than ${MOST_MERGED} keys.`
          fail(this.#composition, 'yaml/limit', offsetOf(this.#composition, at), message)
        }
        if (!Object.hasOwn(this.value, key)) this.#merged.add(key)
        else if (!this.#merged.has(key) && this.value[key] !== item) {
          const message = overwrittenByMerge(key)
          report(this.#composition, 'yaml/duplicate-key', offsetOf(this.#composition, at), message, {
            other: this.#placeOf(key, at),
          })
        }
        setOwn(this.value, key, item)
      }
    }
    return count
  }

  #reportDuplicate(key: string, at: number): void {
    const merged = this.#merged?.has(key) === true
    const message = merged ? shadowedMerge(key) : duplicateKey(key)
    report(this.#composition, 'yaml/duplicate-key', offsetOf(this.#composition, at), message, {
      other: this.#placeOf(key, at),
      ...(merged && { severity: 'warning' }),
    })
  }

  /** Where the first key stands that reads as `key`. Asked only when there is something to report. */
  #placeOf(key: string, otherwise: number): number {
    const { text, events } = this.#composition
    const next = (at: number) => afterNode(events, afterNode(events, at))
    for (let at = this.#first; (events[at] as Event).type !== EVENT_ID.POP; at = next(at)) {
      if (keyText(text, events[at] as Event) === key) return offsetOf(this.#composition, at)
    }
    return offsetOf(this.#composition, otherwise)
  }
}

export function isMergeKey({ text }: Composition, event: Event): boolean {
  return (
    event.type === EVENT_ID.SCALAR &&
    event.style === SCALAR_STYLE.PLAIN &&
    event.valueEnd - event.valueStart === 2 &&
    text.startsWith('<<', event.valueStart)
  )
}

/** A key `__proto__` must become an own property, never the prototype. */
function setOwn(target: YamlMapping, key: string, value: YamlValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else target[key] = value
}
