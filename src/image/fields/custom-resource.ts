import { entryOf, nodesBelow } from '../../yaml/node.ts'
import { inFlatKeys } from './flat-keys.ts'
import type { Finder, Subject } from './found.ts'
import { inImageMapping, inImageStrings } from './values.ts'

/** Kinds that other finders know, or that speak of images without running them. */
const KNOWN =
  /^(?:argoproj\.io\/.*Application(?:Set)?|image\.toolkit\.fluxcd\.io\/|source\.toolkit\.fluxcd\.io\/|kustomize\.|helm\.)/

/** What an operator's own kinds say they run, in any field but the object's metadata and status. */
export const inCustomResource: Finder = function* (subject) {
  if (subject.root.type !== 'map' || !isCustom(subject)) return
  for (const [key, field] of subject.root.entries) {
    if (key === 'metadata' || key === 'status') continue
    for (const node of nodesBelow(field)) {
      if (node.type !== 'map') continue
      yield* inImageMapping(node, 'custom-resource')
      yield* inImageStrings(node, 'custom-resource')
      yield* inFlatKeys(node, 'custom-resource')
    }
  }
}

/** Variables that Flux substitutes and kustomize copies: a ConfigMap's keys, where their names say it all. */
export const inConfigMap: Finder = function* ({ root, owner }) {
  if (owner?.kind !== 'ConfigMap' || owner.apiVersion !== 'v1') return
  const data = entryOf(root, 'data')
  if (data?.type === 'map') yield* inFlatKeys(data, 'config-map')
}

/** Kubernetes' own groups have no dot, or end in `.k8s.io`. */
function isCustom({ owner }: Subject): boolean {
  if (!owner) return false
  const group = owner.apiVersion.includes('/') ? owner.apiVersion.slice(0, owner.apiVersion.indexOf('/')) : ''
  return group.includes('.') && !group.endsWith('.k8s.io') && !KNOWN.test(`${owner.apiVersion} ${owner.kind}`)
}
