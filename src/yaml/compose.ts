import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { excessiveAliasing } from './aliasing.ts'
import { afterNode, spansOf } from './event.ts'
import { keyText as keyOf } from './locate.ts'
import { ambiguity, duplicateKey, overwrittenByMerge, shadowedMerge } from './message.ts'
import type { Problem } from './problem.ts'
import { isNotFinite, readPlain, type Scalar } from './scalar.ts'

/** A value as the cluster reads it. Aliased nodes are shared, so a bomb stays as small as its text. */
export type YamlValue = Scalar | YamlValue[] | { [key: string]: YamlValue }

interface Anchored {
  value: YamlValue
  /** Nodes below it, aliases expanded; `undefined` while it is still open, thus cyclic. */
  nodes: number | undefined
}

interface Composed {
  value: YamlValue
  nodes: number
}

/** js-yaml's own limit is 10,000; go-yaml has none. Legal files stay far below this. */
const MOST_MERGED = 400_000

/** Thrown to leave a document at the first thing that leaves it without a value. */
class Unreadable extends Error {}

/**
 * Builds the value of one document from its events as `sigs.k8s.io/yaml` (go-yaml v2) does: YAML 1.1 scalars, keys
 * turned into strings, `<<` applied in source order, the last of duplicate keys winning. What strict readers refuse
 * or other readers read differently is a problem; the value is the cluster's all the same.
 */
export function compose(
  text: string,
  events: readonly Event[],
  start: number,
  limits: { nodes: number },
): { value: YamlValue | undefined; problems: Problem[] } {
  const problems: Problem[] = []
  const anchors = new Map<string, Anchored>()
  let next = start
  let aliased = 0
  let mergedKeys = 0

  const report = (rule: Problem['rule'], offset: number, message: string, more?: Partial<Problem>) =>
    void problems.push({ rule, offset, message, ...more })

  function fail(rule: Problem['rule'], offset: number, message: string): never {
    report(rule, offset, message)
    throw new Unreadable(message)
  }

  function node(): Composed {
    const event = events[next++] as Event
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return anchored(event, { value: scalar(event), nodes: 1 })
      case EVENT_ID.SEQUENCE:
        return sequence(event)
      case EVENT_ID.MAPPING:
        return mapping(event)
      case EVENT_ID.ALIAS:
        return alias(event)
      default:
        throw new Unreadable('an event that starts no node')
    }
  }

  function scalar(event: Extract<Event, { type: 4 }>): Scalar {
    const content = getScalarValue(text, event)
    if (event.tagStart >= 0) return taggedScalar(event, content)
    if (event.style !== SCALAR_STYLE.PLAIN) return content
    const reading = readPlain(content)
    if (reading.suggests !== undefined) {
      report('yaml/ambiguous-scalar', event.valueStart, ambiguity(content, reading.cluster, reading.suggests), {
        manifestOnly: true,
      })
    }
    if (reading.cluster === content && isNotFinite(content)) {
      report('yaml/syntax', event.valueStart, `${content} is a number that JSON, and so the cluster, does not have.`, {
        manifestOnly: true,
      })
    }
    return reading.cluster
  }

  function taggedScalar(event: Extract<Event, { type: 4 }>, content: string): Scalar {
    const tag = text.slice(event.tagStart, event.tagEnd)
    switch (tag) {
      case '!':
      case '!!str':
        return content
      case '!!binary':
        return Buffer.from(content, 'base64').toString('latin1')
      case '!!int':
      case '!!float':
      case '!!bool':
      case '!!null':
        return readPlain(content).cluster
      default:
        unknownTag(event.tagStart)
        return event.style === SCALAR_STYLE.PLAIN ? readPlain(content).cluster : content
    }
  }

  function unknownTag(offset: number): void {
    report('yaml/syntax', offset, 'The cluster knows no custom YAML tags and ignores this one; remove it.', {
      manifestOnly: true,
    })
  }

  function collectionTag(event: { tagStart: number; tagEnd: number }, own: string): void {
    if (event.tagStart < 0) return
    const tag = text.slice(event.tagStart, event.tagEnd)
    if (tag !== own && tag !== '!') unknownTag(event.tagStart)
  }

  function sequence(event: Extract<Event, { type: 2 }>): Composed {
    collectionTag(event, '!!seq')
    const items: YamlValue[] = []
    const open = openAnchor(event, items)
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
    collectionTag(event, '!!map')
    const value: { [key: string]: YamlValue } = {}
    const open = openAnchor(event, value)
    const start = next
    const merged = new Set<string>()
    let nodes = 1
    while ((events[next] as Event).type !== EVENT_ID.POP) {
      const at = next
      if (isMergeKey(events[at] as Event)) {
        next++
        nodes += merge(value, merged, start, at)
        continue
      }
      const key = keyText(at)
      const item = node()
      nodes += item.nodes + 1
      if (key === undefined) continue
      if (Object.hasOwn(value, key)) reportDuplicate(key, merged.has(key), start, at)
      merged.delete(key)
      setOwn(value, key, item.value)
    }
    next++
    if (open) open.nodes = nodes
    return { value, nodes }
  }

  function reportDuplicate(key: string, merged: boolean, first: number, at: number): void {
    const message = merged ? shadowedMerge(key) : duplicateKey(key)
    report('yaml/duplicate-key', offsetOf(at), message, {
      other: offsetOf(keyEvent(first, key) ?? at),
      ...(merged && { severity: 'warning' }),
    })
  }

  /** `<<` takes a mapping or a list of them; in go-yaml v2 it overwrites what stands before it. */
  function merge(target: { [key: string]: YamlValue }, merged: Set<string>, first: number, at: number): number {
    const { value, nodes } = node()
    const parts = Array.isArray(value) ? [...value].reverse() : [value]
    for (const part of parts) {
      if (part === null || typeof part !== 'object' || Array.isArray(part)) {
        fail('yaml/syntax', offsetOf(at + 1), 'A merge (<<) takes a mapping, or a list of mappings.')
      }
      for (const [key, item] of Object.entries(part)) {
        if (++mergedKeys > MOST_MERGED)
          fail('yaml/limit', offsetOf(at), `Merges (<<) add more than ${MOST_MERGED} keys.`)
        if (!Object.hasOwn(target, key)) merged.add(key)
        else if (!merged.has(key) && target[key] !== item) {
          const other = offsetOf(keyEvent(first, key) ?? at)
          report('yaml/duplicate-key', offsetOf(at), overwrittenByMerge(key), { other })
        }
        setOwn(target, key, item)
      }
    }
    return nodes
  }

  function offsetOf(at: number): number {
    return spansOf(text, events, at).start
  }

  /** The first event among a mapping's keys that reads as `key`. Asked only when there is something to report. */
  function keyEvent(first: number, key: string): number | undefined {
    for (let at = first; (events[at] as Event).type !== EVENT_ID.POP; at = afterNode(events, afterNode(events, at))) {
      if (keyOf(text, events[at] as Event) === key) return at
    }
    return undefined
  }

  /** Mapping keys become strings, as they do in JSON. A null or complex key cannot. */
  function keyText(at: number): string | undefined {
    const event = events[at] as Event
    const resolved = event.type === EVENT_ID.ALIAS || event.type === EVENT_ID.SCALAR ? node().value : undefined
    if (resolved === undefined || (typeof resolved === 'object' && resolved !== null)) {
      if (resolved === undefined) node()
      report('yaml/syntax', offsetOf(at), 'A mapping key must be a plain word, not a list or mapping.')
      return undefined
    }
    if (resolved === null) {
      report('yaml/syntax', offsetOf(at), 'A mapping key must not be null; quote it if the word is meant.')
      return undefined
    }
    return String(resolved)
  }

  function isMergeKey(event: Event): boolean {
    return (
      event.type === EVENT_ID.SCALAR &&
      event.style === SCALAR_STYLE.PLAIN &&
      event.valueEnd - event.valueStart === 2 &&
      text.startsWith('<<', event.valueStart)
    )
  }

  function alias(event: Extract<Event, { type: 5 }>): Composed {
    const name = text.slice(event.anchorStart, event.anchorEnd)
    const target = anchors.get(name)
    const offset = event.anchorStart - 1
    if (!target)
      fail('yaml/syntax', offset, 'This alias has no anchor before it; a value that starts with * needs quotes.')
    if (target.nodes === undefined) fail('yaml/syntax', offset, `The anchor &${name} contains itself.`)
    aliased += target.nodes
    return { value: target.value, nodes: target.nodes }
  }

  function anchored(event: { anchorStart: number; anchorEnd: number }, composed: Composed): Composed {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), composed)
    return composed
  }

  function openAnchor(event: { anchorStart: number; anchorEnd: number }, value: YamlValue): Anchored | undefined {
    if (event.anchorStart < 0) return undefined
    const open: Anchored = { value, nodes: undefined }
    anchors.set(text.slice(event.anchorStart, event.anchorEnd), open)
    return open
  }

  try {
    const root = node()
    const excess = excessiveAliasing(root.nodes, aliased, limits.nodes)
    if (excess) {
      report('yaml/limit', spansOf(text, events, start).start, excess)
      return { value: undefined, problems }
    }
    return { value: root.value, problems }
  } catch (error) {
    if (error instanceof Unreadable || error instanceof RangeError) return { value: undefined, problems }
    throw error
  }
}

/** A key `__proto__` must become an own property, never the prototype. */
function setOwn(target: { [key: string]: YamlValue }, key: string, value: YamlValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  } else target[key] = value
}
