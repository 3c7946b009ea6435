import { entryOf, type MapNode, type Node, textAt } from '../../yaml/node.ts'
import type { Finder, Found } from './found.ts'
import { contentOf, inFields, inReference, isVersionedReference } from './reference.ts'

/** JSON patches (RFC 6902) that set a version: `{ op: replace, path: /spec/…/image, value: repo:tag }`. */
export const inJsonPatch: Finder = function* ({ root }) {
  if (root.type !== 'list') return
  for (const item of root.items) {
    const path = textAt(item, 'path')
    const op = textAt(item, 'op')
    if (item.type !== 'map' || path === undefined || (op !== 'replace' && op !== 'add')) continue
    const value = item.entries.get('value')
    if (value) yield* inOperation(path, item, value)
  }
}

function* inOperation(path: string, item: MapNode, value: Node): Generator<Found> {
  const place = 'json-patch'
  if (/[cC]ontainers\/(?:\d+|-)$/.test(path)) yield* inReference(entryOf(value, 'image'), place)
  else if (contentOf(value) === undefined) return
  else if (/\/image$/.test(path) && isVersionedReference(value)) yield* inReference(value, place)
  else if (/image\/(?:tag|version)$|imageTag$|\/newTag$/i.test(path)) {
    yield* inFields(item, { tag: value, image: undefined }, place)
  } else if (/\/chart\/spec\/version$/.test(path)) yield { kind: 'chart', place, node: value }
  else if (/\/targetRevision$|\/ref\/(?:tag|commit|semver)$/.test(path)) yield { kind: 'ref', place, node: value }
  else if (/\/ref\/branch$/.test(path)) yield { kind: 'ref', place, node: value, as: 'branch' }
}
