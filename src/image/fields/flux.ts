import { entryOf, type MapNode, type Node, nodesBelow, solid, textAt } from '../../yaml/node.ts'
import { chartFound } from './chart.ts'
import { inFlatKeys } from './flat-keys.ts'
import type { Finder, Found, Inside } from './found.ts'
import { inImages, inPatches } from './kustomization.ts'
import { inFluxRef } from './source.ts'
import { inValues } from './values.ts'

/** Flux's HelmRelease, of all its API versions: the chart, the values, the patches after rendering. */
export const inHelmRelease: Finder = function* ({ root, owner }) {
  if (owner?.kind !== 'HelmRelease') return
  const spec = entryOf(root, 'spec')
  const chart = asMap(entryOf(spec, 'chart'))
  if (chart) yield* inChartTemplate(asMap(chart.entries.get('spec')) ?? chart)
  const values = entryOf(spec, 'values')
  if (values) yield* inValues(values, 'helm-release')
  for (const node of spec ? nodesBelow(spec) : [])
    if (node.step === 'kustomize') yield* inKustomize(node, 'helm-release')
}

/** GitRepository, OCIRepository, HelmChart and Kustomization of Flux, HelmChart of k3s. */
export const inFluxSource: Finder = function* ({ root, owner }) {
  const spec = asMap(entryOf(root, 'spec'))
  if (!spec || !owner) return
  if (owner.kind === 'GitRepository' || owner.kind === 'OCIRepository') yield* inRepository(spec)
  if (owner.kind === 'HelmChart') yield* inHelmChart(spec)
  if (owner.kind === 'Kustomization' && owner.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) {
    yield* inKustomize(spec, 'flux-source')
    const substitute = asMap(entryOf(entryOf(spec, 'postBuild'), 'substitute'))
    if (substitute) yield* inFlatKeys(substitute, 'flux-source')
  }
}

function* inKustomize(node: Node, place: 'helm-release' | 'flux-source'): Generator<Found | Inside> {
  yield* inImages(node, place)
  yield* inPatches(node)
}

function* inChartTemplate(chart: MapNode): Generator<Found> {
  const name = textAt(chart, 'chart') ?? textAt(chart, 'name')
  const repository = textAt(chart, 'repository') ?? textAt(chart, 'sourceRef', 'name') ?? textAt(chart, 'git')
  if (!name?.startsWith('.')) yield* chartFound(chart.entries.get('version'), 'helm-release', name, repository)
  const ref = chart.entries.get('ref')
  if (ref?.type === 'scalar') yield { kind: 'ref', place: 'helm-release', node: ref, repository }
}

function* inRepository(spec: MapNode): Generator<Found> {
  const ref = asMap(spec.entries.get('ref'))
  if (!ref) return
  const repository = textAt(spec, 'url')
  const isChart = textAt(spec, 'layerSelector', 'mediaType')?.includes('helm.chart') ?? false
  const chart = isChart ? repository?.split('/').at(-1) : undefined
  yield* inFluxRef(ref, 'flux-source', { repository, chart })
}

function* inHelmChart(spec: MapNode): Generator<Found | Inside> {
  const repository = textAt(spec, 'repo') ?? textAt(spec, 'sourceRef', 'name')
  yield* chartFound(spec.entries.get('version'), 'flux-source', textAt(spec, 'chart'), repository)
  const values = spec.entries.get('valuesContent')
  if (values) yield { inside: values, as: { valuesOf: 'helm-release' } }
  const set = asMap(spec.entries.get('set'))
  if (set) yield* inFlatKeys(set, 'flux-source')
}

function asMap(node: Node | undefined): MapNode | undefined {
  const found = solid(node)
  return found?.type === 'map' ? found : undefined
}
