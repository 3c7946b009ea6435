import { entryOf, itemsAt, type Node, textAt } from '../../yaml/node.ts'
import type { Tree } from '../../yaml/tree.ts'
import type { Owner } from '../field.ts'
import type { Subject } from './found.ts'

/** What a document holds for finders: one object, the objects of a list, or the document itself. */
export function subjectsOf(file: string, tree: Tree, owner?: Owner): Subject[] {
  const { root } = tree
  if (owner) return [{ file, tree, root, owner }]
  if (isList(root)) return itemsAt(root, 'items').map((item) => ({ file, tree, root: item, owner: ownerOf(item) }))
  return [{ file, tree, root, owner: ownerOf(root) }]
}

function ownerOf(node: Node): Owner | undefined {
  const apiVersion = textAt(node, 'apiVersion')
  const kind = textAt(node, 'kind')
  if (apiVersion === undefined || kind === undefined) return undefined
  const metadata = entryOf(node, 'metadata')
  const name = textAt(metadata, 'name') ?? textAt(metadata, 'generateName') ?? ''
  const namespace = textAt(metadata, 'namespace')
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) }
}

function isList(root: Node): boolean {
  return textAt(root, 'apiVersion') === 'v1' && (textAt(root, 'kind') ?? '').endsWith('List')
}
