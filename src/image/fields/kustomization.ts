import { entryOf, itemsAt, type Node, solid, textAt } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import { splitReference } from '../reference.ts'
import { chartFound } from './chart.ts'
import { isKustomization } from './file-kind.ts'
import type { Finder, Found, Inside } from './found.ts'
import { contentOf, inFields } from './reference.ts'
import { inValues } from './values.ts'

/** Where a kustomization may name something remote. */
const REMOTE = ['resources', 'components', 'bases', 'crds', 'generators', 'transformers', 'validators']

/** `images`, `helmCharts`, `?ref=` of what is remote, and patches written into a kustomization or component. */
export const inKustomization: Finder = function* (subject) {
  const { root } = subject
  if (!isKustomization(subject)) return
  yield* inImages(root, 'kustomization')
  for (const chart of itemsAt(root, 'helmCharts')) yield* inHelmChart(chart)
  for (const key of REMOTE) for (const item of itemsAt(root, key)) yield* inRemote(item)
  yield* inPatches(root)
}

/** A chart that kustomize inflates, in a file of its own. */
export const inInflatedChart: Finder = function* ({ root, owner }) {
  if (owner?.kind === 'HelmChartInflationGenerator') yield* inHelmChart(root)
}

/** `images: [{ name, newName, newTag, digest }]`. newName is never changed, not even a digest in it. */
export function* inImages(node: Node | undefined, place: FieldPlace): Generator<Found> {
  for (const item of itemsAt(node, 'images')) {
    if (item.type !== 'map') continue
    const name = textAt(item, 'newName') ?? textAt(item, 'name')
    const image = name === undefined ? undefined : splitReference(name).name
    const fields = { tag: item.entries.get('newTag'), digest: item.entries.get('digest') }
    yield* inFields(item, { ...fields, image }, place)
  }
}

/** `patches`, `patchesJson6902` and `patchesStrategicMerge`, where they are written out. */
export function* inPatches(node: Node | undefined): Generator<Inside> {
  for (const key of ['patches', 'patchesJson6902']) {
    for (const item of itemsAt(node, key)) {
      const patch = entryOf(item, 'patch')
      if (patch) yield { inside: patch, as: 'manifest' }
    }
  }
  for (const item of itemsAt(node, 'patchesStrategicMerge')) {
    if (contentOf(item)?.includes('\n')) yield { inside: item, as: 'manifest' }
  }
}

function* inHelmChart(node: Node): Generator<Found> {
  if (node.type !== 'map') return
  yield* chartFound(node.entries.get('version'), 'kustomization', textAt(node, 'name'), textAt(node, 'repo'))
  const values = entryOf(node, 'valuesInline')
  if (values) yield* inValues(values, 'kustomization')
}

function* inRemote(item: Node): Generator<Found> {
  const content = contentOf(item)
  const query = content === undefined ? -1 : content.indexOf('?')
  if (content === undefined || query < 0 || solid(item)?.type !== 'scalar') return
  const match = /[?&](?:ref|version)=([^&]*)/.exec(content.slice(query))
  if (!match) return
  const end = query + match.index + match[0].length
  const start = end - (match[1] as string).length
  const repository = content.slice(0, query)
  yield { kind: 'ref', place: 'kustomization', node: item, part: { start, end }, repository, item: repository }
}
