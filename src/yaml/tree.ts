import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { keyText, type PathStep } from './locate.ts'
import type { YamlDocument, YamlText } from './read.ts'
import { readPlain, type Scalar } from './scalar.ts'

interface Place {
  /** Index of the node's event. */
  readonly event: number
  readonly parent: MapNode | ListNode | undefined
  /** How the parent reaches it. */
  readonly step: PathStep | undefined
  /** Index of its key's event, where it has one. */
  readonly key: number | undefined
}

/** A scalar where it is written: `content` is its text, `value` what the cluster reads. */
export interface ScalarNode extends Place {
  readonly type: 'scalar'
  readonly content: string
  readonly value: Scalar
}

export interface MapNode extends Place {
  readonly type: 'map'
  /** What is written here, the last of duplicate keys counting; `<<` not applied. */
  readonly entries: ReadonlyMap<string, Node>
  readonly merges: readonly Node[]
}

export interface ListNode extends Place {
  readonly type: 'list'
  readonly items: readonly Node[]
}

/** Where `*name` stands. What it stands for belongs to another place. */
export interface AliasNode extends Place {
  readonly type: 'alias'
  readonly target: Solid | undefined
}

export type Solid = ScalarNode | MapNode | ListNode
export type Node = Solid | AliasNode

/** The nodes of a document with their places, aliases not expanded. */
export interface Tree {
  readonly yaml: YamlText
  readonly root: Node
  /** Every alias, by the node it stands for. */
  readonly aliases: ReadonlyMap<Solid, readonly AliasNode[]>
}

/** Builds the tree of a document from the events that its values came from. */
export function treeOf(yaml: YamlText, document: YamlDocument): Tree {
  const { text, events } = yaml
  const anchors = new Map<string, Solid>()
  const aliases = new Map<Solid, AliasNode[]>()
  let next = document.start

  function node(parent: Place['parent'], step: Place['step'], key: number | undefined): Node {
    const event = next++
    const at = events[event] as Event
    const place = { event, parent, step, key }
    switch (at.type) {
      case EVENT_ID.MAPPING:
        return mapping(place, at)
      case EVENT_ID.SEQUENCE:
        return sequence(place, at)
      case EVENT_ID.ALIAS:
        return alias(place, text.slice(at.anchorStart, at.anchorEnd))
      default:
        return scalar(place, at as Extract<Event, { type: 4 }>)
    }
  }

  function scalar(place: Place, event: Extract<Event, { type: 4 }>): ScalarNode {
    const content = getScalarValue(text, event)
    const plain = event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0
    return anchored(event, { type: 'scalar', ...place, content, value: plain ? readPlain(content).cluster : content })
  }

  function sequence(place: Place, event: Extract<Event, { type: 2 }>): ListNode {
    const items: Node[] = []
    const list = anchored<ListNode>(event, { type: 'list', ...place, items })
    while ((events[next] as Event).type !== EVENT_ID.POP) items.push(node(list, items.length, undefined))
    next++
    return list
  }

  function mapping(place: Place, event: Extract<Event, { type: 3 }>): MapNode {
    const entries = new Map<string, Node>()
    const merges: Node[] = []
    const map = anchored<MapNode>(event, { type: 'map', ...place, entries, merges })
    while ((events[next] as Event).type !== EVENT_ID.POP) {
      const key = next
      const name = keyText(text, events[key] as Event)
      node(map, undefined, undefined)
      const value = node(map, name, key)
      if (name === '<<' && isPlain(key)) merges.push(value)
      else if (name !== undefined) entries.set(name, value)
    }
    next++
    return map
  }

  function alias(place: Place, name: string): AliasNode {
    const target = anchors.get(name)
    const found: AliasNode = { type: 'alias', ...place, target }
    const known = target && aliases.get(target)
    if (known) known.push(found)
    else if (target) aliases.set(target, [found])
    return found
  }

  function anchored<N extends Solid>(event: { anchorStart: number; anchorEnd: number }, node: N): N {
    if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), node)
    return node
  }

  function isPlain(event: number): boolean {
    const at = events[event] as Event
    return at.type === EVENT_ID.SCALAR && at.style === SCALAR_STYLE.PLAIN
  }

  return { yaml, root: node(undefined, undefined, undefined), aliases }
}

/** What stands there in the end: an alias followed. */
export function solid(node: Node | undefined): Solid | undefined {
  return node?.type === 'alias' ? node.target : node
}

/** A key's value: as written in the mapping, else as merged in. A cycle of merges ends the search. */
export function entryOf(node: Node | undefined, key: string, depth = 0): Node | undefined {
  const map = solid(node)
  if (map?.type !== 'map' || depth > 20) return undefined
  const own = map.entries.get(key)
  if (own) return own
  for (const merge of map.merges) {
    const target = solid(merge)
    const parts = target?.type === 'list' ? target.items : [merge]
    for (const part of parts) {
      const found = entryOf(part, key, depth + 1)
      if (found) return found
    }
  }
  return undefined
}

/** The text of a scalar below a mapping, reached by keys. */
export function textAt(node: Node | undefined, ...keys: readonly string[]): string | undefined {
  const found = solid(keys.reduce<Node | undefined>((at, key) => entryOf(at, key), node))
  return found?.type === 'scalar' && found.value !== null ? found.content : undefined
}

/** The items of the list at a key; none when there is no list. */
export function itemsAt(node: Node | undefined, key: string): readonly Node[] {
  const list = entryOf(node, key)
  return list?.type === 'list' ? list.items : []
}

/** A node and all below it that are written there, in source order. */
export function* nodesBelow(root: Node): Generator<Node> {
  const stack: Node[] = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node
    if (node.type === 'map') pushAll(stack, [...node.entries.values()])
    else if (node.type === 'list') pushAll(stack, node.items)
  }
}

/** The first child ends on top. No spread: a list may have more items than a call takes arguments. */
function pushAll(stack: Node[], children: readonly Node[]): void {
  for (let at = children.length - 1; at >= 0; at--) stack.push(children[at] as Node)
}

/** The path of a node from the document's root. */
export function pathOf(node: Node): PathStep[] {
  const steps: PathStep[] = []
  for (let at: Node | undefined = node; at; at = at.parent) if (at.step !== undefined) steps.push(at.step)
  return steps.reverse()
}
