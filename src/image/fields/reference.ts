import { type MapNode, type Node, solid } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import { parseReference, splitReference } from '../reference.ts'
import type { Found } from './found.ts'
import { maskTemplates } from './template.ts'

/** The versions of a scalar that holds a whole reference (`repo:tag@digest`). */
export function inReference(node: Node | undefined, place: FieldPlace, from = 0): Found[] {
  const content = contentOf(node)
  const masked = content === undefined ? undefined : maskTemplates(content)
  if (node === undefined || content === undefined || masked === undefined) return []
  const { name, tag, digest } = splitReference(masked.slice(from))
  const image = content.slice(from, from + name.length)
  const tagAt = from + name.length + 1
  const digestAt = tagAt + (tag === undefined ? 0 : tag.length + 1)
  const found: Found[] = []
  const common = { place, node, image, item: content.slice(0, from + name.length) }
  if (tag !== undefined) {
    found.push({
      ...common,
      kind: 'tag',
      part: { start: tagAt, end: tagAt + tag.length },
      pinned: digest !== undefined,
    })
  }
  if (digest !== undefined) {
    found.push({ ...common, kind: 'digest', part: { start: digestAt, end: digestAt + digest.length } })
  }
  return found
}

/** Whether a scalar's text can only be a reference with a version, apart from what a template fills in. */
export function isVersionedReference(node: Node | undefined): boolean {
  const content = contentOf(node)
  const masked = content === undefined ? undefined : maskTemplates(content)
  if (masked === undefined) return false
  const parsed = parseReference(masked)
  return parsed.ok && (parsed.reference.tag !== undefined || parsed.reference.digest !== undefined)
}

/** The versions of an image told in several fields: a tag (which may end in `@digest`) and a digest. */
export function inFields(
  map: MapNode,
  fields: { tag: Node | undefined; digest?: Node | undefined; image: string | undefined },
  place: FieldPlace,
): Found[] {
  const { tag, digest, image } = fields
  const common = { place, unit: map, image }
  const pinned = (contentOf(digest) ?? '') !== ''
  const found: Found[] = []
  if (tag && contentOf(tag) !== undefined) found.push(...inTag(tag, common, pinned))
  if (digest && contentOf(digest) !== undefined) found.push({ ...common, kind: 'digest', node: digest })
  return found
}

/** `v1@sha256:…` in the place of a tag: both parts go where a reference is put together. */
function inTag(node: Node, common: Pick<Found, 'place' | 'unit' | 'image'>, pinned: boolean): Found[] {
  const content = contentOf(node) as string
  const at = content.indexOf('@')
  if (at < 0) return [{ ...common, kind: 'tag', node, pinned }]
  return [
    { ...common, kind: 'tag', node, part: { start: 0, end: at }, pinned: true },
    { ...common, kind: 'digest', node, part: { start: at + 1, end: content.length } },
  ]
}

/** A scalar's text; empty for null, undefined for a collection. */
export function contentOf(node: Node | undefined): string | undefined {
  const found = solid(node)
  if (found?.type !== 'scalar') return undefined
  return found.value === null ? '' : found.content
}
