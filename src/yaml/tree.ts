import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { keyText } from './locate.ts'
import type { AliasNode, ListNode, MapNode, Node, Place, ScalarNode, Solid } from './node.ts'
import type { YamlDocument, YamlText } from './read.ts'
import { readPlain } from './scalar.ts'

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
