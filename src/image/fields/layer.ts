import type { PathStep } from '../../yaml/locate.ts'
import { type Node, textAt } from '../../yaml/node.ts'
import type { Position } from '../../yaml/position.ts'
import type { YamlText } from '../../yaml/read.ts'
import type { Owner } from '../field.ts'

/** One YAML text on the way to a field: the file's, or one that a block scalar of it holds. */
export interface Layer {
  file: string
  yaml: YamlText
  /** Document of the file. */
  document: number
  /** From an offset of this text to one of the file's. */
  toOuter: (offset: number) => number
  /** How the block scalar is reached, and which owner it belongs to. */
  path: readonly PathStep[]
  steps: readonly string[]
  owner?: Owner | undefined
  /** Places that an edit anywhere here changes too. */
  reaches: readonly Position[]
  /** Whether to look for markers at all. */
  marked: boolean
  depth: number
}

/** The steps from an owner's root to a node, list items by what names them. */
export function stepsTo(node: Node, root: Node, item?: string): string[] {
  const steps: string[] = []
  for (let at: Node | undefined = node; at && at !== root; at = at.parent) {
    if (at.step === undefined) continue
    steps.push(typeof at.step === 'string' ? at.step : ((at === node ? item : undefined) ?? itemName(at)))
  }
  return steps.reverse()
}

/** What a list item is known by, wherever it stands in the list. */
function itemName(item: Node): string {
  if (textAt(item, 'op') !== undefined) return textAt(item, 'path') ?? String(item.step)
  for (const key of ['name', 'chart', 'repoURL']) {
    const name = textAt(item, key)
    if (name !== undefined) return `${key}=${name}`
  }
  return String(item.step)
}
