import { itemsAt, nodesBelow } from '../../yaml/node.ts'
import type { Finder } from './found.ts'
import { inReference } from './reference.ts'

const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers']

/** Every list of containers, in workloads of all kinds, patches for them, and custom resources that embed a pod. */
export const inPodSpec: Finder = function* ({ root, owner }) {
  if (owner === undefined || owner.kind === 'CustomResourceDefinition') return
  for (const node of nodesBelow(root)) {
    if (node.type !== 'map') continue
    for (const key of CONTAINERS) {
      if (!node.entries.has(key)) continue
      for (const container of itemsAt(node, key)) {
        if (container.type === 'map') yield* inReference(container.entries.get('image'), 'pod-spec')
      }
    }
    if (node.step === 'image') yield* inReference(node.entries.get('reference'), 'pod-spec')
  }
}
