import { type MapNode, type Node, textAt } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import { splitReference } from '../reference.ts'
import { chartFound } from './chart.ts'
import type { Found } from './found.ts'
import { contentOf, inFields, inReference, isVersionedReference } from './reference.ts'

const IMAGE = '(?:image|img|docker|container)'
const TAG_KEY = new RegExp(`${IMAGE}[._-]?(?:tag|version)$`, 'i')
const DIGEST_KEY = new RegExp(`${IMAGE}[._-]?digest$`, 'i')
const CHART_KEY = /chart[._-]?version$/i

/** Keys that say it all: `imageTag`, `image_version`, `web-image-tag`, `imageDigest`, `chartVersion`. */
export function* inFlatKeys(map: MapNode, place: FieldPlace): Generator<Found> {
  for (const [key, node] of map.entries) {
    if (contentOf(node) === undefined) continue
    if (TAG_KEY.test(key) && isVersionedReference(node)) yield* inReference(node, place)
    else if (CHART_KEY.test(key)) yield* chartFound(node, place, chartBeside(map, key), undefined)
    else yield* flatImage(map, key, node, place)
  }
}

function* flatImage(map: MapNode, key: string, node: Node, place: FieldPlace): Generator<Found> {
  if (!TAG_KEY.test(key) && !DIGEST_KEY.test(key)) return
  const stem = key.replace(/[._-]?(?:tag|version|digest)$/i, '')
  const image = imageBeside(map, stem)
  const fields = TAG_KEY.test(key)
    ? { tag: node, digest: beside(map, stem, ['digest']) }
    : { tag: undefined, digest: node }
  for (const found of inFields(map, { ...fields, image }, place)) yield { ...found, stem }
}

function imageBeside(map: MapNode, stem: string): string | undefined {
  const name = contentOf(beside(map, stem, ['repository', 'repo', 'name', '']))
  return name ? splitReference(name).name : undefined
}

function chartBeside(map: MapNode, key: string): string | undefined {
  return contentOf(beside(map, key.replace(/[._-]?version$/i, ''), ['name', ''])) || textAt(map, 'chart')
}

/** The key that has the same stem and one of these endings, however it is spelt (`image_tag`, `imageTag`). */
function beside(map: MapNode, stem: string, endings: readonly string[]): Node | undefined {
  const wanted = new Set(endings.map((ending) => plain(stem + ending)))
  for (const [key, node] of map.entries) if (wanted.has(plain(key)) && contentOf(node) !== undefined) return node
  return undefined
}

function plain(key: string): string {
  return key.replaceAll(/[._-]/g, '').toLowerCase()
}
