import { EVENT_ID, type Event } from 'js-yaml'
import { excessiveAliasing } from './aliasing.ts'
import { Anchors } from './anchors.ts'
import { isMergeKey, MappingInProgress } from './compose-mapping.ts'
import { composeScalar } from './compose-scalar.ts'
import { type Composition, offsetOf, report, reportUnknownTag, Unreadable } from './composition.ts'
import type { Problem } from './problem.ts'
import type { Composed, YamlValue } from './yaml-value.ts'

/**
 * Builds the value of one document from its events as `sigs.k8s.io/yaml` (go-yaml v2) does: YAML 1.1 scalars, keys
 * turned into strings, `<<` applied in source order, the last of duplicate keys winning. What strict readers refuse
 * or other readers read differently is a problem; the value is the cluster's all the same.
 *
 * @param start index of the event that the document's value begins with
 */
export function compose(
  text: string,
  events: readonly Event[],
  start: number,
  limits: { nodes: number },
): { value: YamlValue | undefined; problems: Problem[] } {
  const composition: Composition = { text, events, problems: [] }
  const { problems } = composition
  const anchors = new Anchors(composition)
  let next = start
  let mergedKeys = 0

  function node(): Composed {
    const event = events[next++] as Event
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return anchors.set(event, { value: composeScalar(composition, event), nodes: 1 })
      case EVENT_ID.SEQUENCE:
        return sequence(event)
      case EVENT_ID.MAPPING:
        return mapping(event)
      case EVENT_ID.ALIAS:
        return anchors.follow(event)
      default:
        throw new Unreadable('an event that starts no node')
    }
  }

  function sequence(event: Extract<Event, { type: 2 }>): Composed {
    checkTag(event, '!!seq')
    const items: YamlValue[] = []
    const open = anchors.open(event, items)
    let nodes = 1
    while ((events[next] as Event).type !== EVENT_ID.POP) {
      const item = node()
      items.push(item.value)
      nodes += item.nodes
    }
    next++
    if (open) open.nodes = nodes
    return { value: items, nodes }
  }

  function mapping(event: Extract<Event, { type: 3 }>): Composed {
    checkTag(event, '!!map')
    const growing = new MappingInProgress(composition, next)
    const open = anchors.open(event, growing.value)
    let nodes = 1
    while ((events[next] as Event).type !== EVENT_ID.POP) {
      const at = next
      if (isMergeKey(composition, events[at] as Event)) {
        next++
        const merged = node()
        mergedKeys = growing.merge(merged.value, at, mergedKeys)
        nodes += merged.nodes
        continue
      }
      const key = keyOf(at)
      const item = node()
      nodes += item.nodes + 1
      if (key !== undefined) growing.set(key, item.value, at)
    }
    next++
    if (open) open.nodes = nodes
    return { value: growing.value, nodes }
  }

  /** Mapping keys become strings, as they do in JSON. A null or complex key cannot. */
  function keyOf(at: number): string | undefined {
    const { value } = node()
    if (typeof value !== 'object') return String(value)
    const isNull = value === null
    const message = isNull
      ? 'A mapping key must not be null; quote it if the word is meant.'
      : 'A mapping key must be a plain word, not a list or mapping.'
    report(composition, 'yaml/syntax', offsetOf(composition, at), message)
    return undefined
  }

  function checkTag(event: { tagStart: number; tagEnd: number }, own: string): void {
    if (event.tagStart < 0) return
    const tag = text.slice(event.tagStart, event.tagEnd)
    if (tag !== own && tag !== '!') reportUnknownTag(composition, event.tagStart)
  }

  try {
    const root = node()
    const excess = excessiveAliasing(root.nodes, anchors.aliased, limits.nodes)
    if (!excess) return { value: root.value, problems }
    report(composition, 'yaml/limit', offsetOf(composition, start), excess)
    return { value: undefined, problems }
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return { value: undefined, problems }
    throw error
  }
}
