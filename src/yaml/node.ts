import type { PathStep } from './locate.ts'
import type { Scalar } from './scalar.ts'

/** Where a node stands in its document. */
export interface Place {
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
