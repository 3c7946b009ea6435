import { type MapNode, type Node, textAt } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import type { Found } from './found.ts'
import { contentOf, inFields, inReference, isVersionedReference } from './reference.ts'

/** Helm parameters `{ name: image.tag, value: v1 }`; the repository may be a parameter of the same list. */
export function* inParameters(items: readonly Node[], place: FieldPlace): Generator<Found> {
  const parameters = new Map(items.flatMap((item) => entryIn(item)))
  for (const [name, { map, value }] of parameters) {
    const last = name.slice(name.lastIndexOf('.') + 1)
    const stem = name.slice(0, name.length - last.length)
    const image = imageOf(parameters, stem)
    if (/^tag$|(?:image|docker|container)[_-]?(?:tag|version)$/i.test(last) || isImageVersion(stem, last)) {
      const digest = parameters.get(`${stem}digest`)?.value
      yield* inFields(map, { tag: value, digest: digest && contentOf(digest) ? digest : undefined, image }, place)
    } else if (/digest$/i.test(last)) yield* inFields(map, { tag: undefined, digest: value, image }, place)
    else if (/image$/i.test(last) && isVersionedReference(value)) yield* inReference(value, place)
  }
}

function entryIn(item: Node): [string, { map: MapNode; value: Node }][] {
  const name = textAt(item, 'name')
  const value = item.type === 'map' ? item.entries.get('value') : undefined
  return item.type === 'map' && name !== undefined && value ? [[name, { map: item, value }]] : []
}

function isImageVersion(stem: string, last: string): boolean {
  return last === 'version' && /image\.$/i.test(stem)
}

function imageOf(parameters: ReadonlyMap<string, { value: Node }>, stem: string): string | undefined {
  const repository = ['repository', 'name'].map((key) => contentOf(parameters.get(stem + key)?.value)).find(Boolean)
  const registry = contentOf(parameters.get(`${stem}registry`)?.value)
  return registry && repository ? `${registry}/${repository}` : repository
}
