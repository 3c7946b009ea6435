import { type MapNode, type Node, nodesBelow, textAt } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import { splitReference } from '../reference.ts'
import { looksLikeVersion } from '../version.ts'
import { inChartPair } from './chart.ts'
import { isChart, isKustomization } from './file-kind.ts'
import { inFlatKeys } from './flat-keys.ts'
import type { Finder, Found } from './found.ts'
import { contentOf, inFields, inReference, isVersionedReference } from './reference.ts'
import { inSource } from './source.ts'

/** Helm values, JSON settings and whatever else is neither a Kubernetes object nor a kustomization. */
export const inValuesFile: Finder = function* (subject) {
  if (subject.owner || isChart(subject.file) || isKustomization(subject)) return
  yield* inValues(subject.root, 'values')
}

/** Everything that tells an image, a chart or a source by its keys, at any depth. */
export function* inValues(root: Node, place: FieldPlace): Generator<Found> {
  for (const node of nodesBelow(root)) {
    if (node.type !== 'map') continue
    yield* inImageMapping(node, place)
    yield* inImageStrings(node, place)
    yield* inFlatKeys(node, place)
    yield* inChartPair(node, place)
    yield* inSource(node, place)
  }
}

/** `image: { registry, repository, tag, digest }`, also with `version` for tag, or a tag alone. */
export function* inImageMapping(map: MapNode, place: FieldPlace): Generator<Found> {
  const image = imageName(map)
  const tag = map.entries.get('tag') ?? (image === undefined ? undefined : map.entries.get('version'))
  const told = image !== undefined || isImageContext(map)
  if (!told && !looksLikeVersion(contentOf(tag) ?? '')) return
  yield* inFields(map, { tag, digest: told ? map.entries.get('digest') : undefined, image }, place)
}

/** `image: repo:tag` under any key that ends in "image", and in mappings or lists of `images`. */
export function* inImageStrings(map: MapNode, place: FieldPlace): Generator<Found> {
  for (const [key, node] of map.entries) {
    if (/image(?:Name|Ref|Url|Uri)?$/i.test(key) || /images$/i.test(keyOf(map))) yield* ifVersioned(node, place)
    if (/images$/i.test(key) && node.type === 'list') for (const item of node.items) yield* ifVersioned(item, place)
  }
}

function* ifVersioned(node: Node, place: FieldPlace): Generator<Found> {
  if (isVersionedReference(node)) yield* inReference(node, place)
}

/** The repository that a mapping tells beside its tag, with the registry where that is told apart. */
function imageName(map: MapNode): string | undefined {
  const name =
    textAt(map, 'repository') ??
    unversioned(textAt(map, 'image')) ??
    (isImageContext(map) ? textAt(map, 'name') : undefined)
  if (name === undefined || name === '' || name.includes('://')) return undefined
  const registry = textAt(map, 'registry')
  return (registry ? `${registry}/${name}` : name).replace(/@sha256$/, '')
}

function unversioned(image: string | undefined): string | undefined {
  if (image === undefined) return undefined
  const { name } = splitReference(image)
  return name === image ? image : undefined
}

function isImageContext(map: MapNode): boolean {
  return (
    /image$|images$/i.test(keyOf(map)) ||
    ['pullPolicy', 'imagePullPolicy', 'repository'].some((key) => map.entries.has(key))
  )
}

/** The key of a mapping; of a list's item, the key of the list. */
function keyOf(map: MapNode): string {
  const step = map.parent?.type === 'list' ? map.parent.step : map.step
  return typeof step === 'string' ? step : ''
}
