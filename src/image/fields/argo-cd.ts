import { entryOf, itemsAt, type MapNode, type Node, nodesBelow } from '../../yaml/node.ts'
import { inFlatKeys } from './flat-keys.ts'
import type { Finder, Found, Inside } from './found.ts'
import { inPatches } from './kustomization.ts'
import { inParameters } from './parameters.ts'
import { contentOf, inReference } from './reference.ts'
import { inSource } from './source.ts'
import { inValues } from './values.ts'

/** Application and ApplicationSet: every source, wherever templates and generators nest it. */
export const inArgoCd: Finder = function* ({ root, owner }) {
  if (!owner?.apiVersion.startsWith('argoproj.io/') || !/^Application(?:Set)?$/.test(owner.kind)) return
  const spec = entryOf(root, 'spec')
  if (!spec) return
  for (const node of nodesBelow(spec)) {
    if (node.type !== 'map') continue
    yield* inSource(node, 'argo-cd')
    if (node.step === 'helm') yield* inHelm(node)
    if (node.step === 'kustomize') yield* inKustomize(node)
  }
  const generators = entryOf(spec, 'generators')
  for (const node of generators ? nodesBelow(generators) : []) {
    if (node.type === 'map') yield* inFlatKeys(node, 'argo-cd')
  }
}

function* inHelm(helm: MapNode): Generator<Found | Inside> {
  yield* inParameters(itemsAt(helm, 'parameters'), 'argo-cd')
  const values = helm.entries.get('valuesObject')
  if (values) yield* inValues(values, 'argo-cd')
  const text = helm.entries.get('values')
  if (text) yield { inside: text, as: { valuesOf: 'argo-cd' } }
}

function* inKustomize(kustomize: MapNode): Generator<Found | Inside> {
  for (const item of itemsAt(kustomize, 'images')) yield* inImageItem(item)
  yield* inPatches(kustomize)
}

/** `name:tag`, `name@digest`, and after `name=` a new name that stays as it is. */
function* inImageItem(item: Node): Generator<Found> {
  const content = contentOf(item)
  if (content !== undefined) yield* inReference(item, 'argo-cd', content.indexOf('=') + 1)
}
