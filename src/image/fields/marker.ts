import { spansOf } from '../../yaml/event.ts'
import { type Node, nodesBelow, solid } from '../../yaml/node.ts'
import type { YamlText } from '../../yaml/read.ts'
import type { Finder, Found } from './found.ts'
import { inReference, isVersionedReference } from './reference.ts'

/** `# {"$imagepolicy": "namespace:name:tag"}`, Flux's way to say that a policy writes the scalar before it. */
const MARKER = /#\s*\{\s*"\$imagepolicy"\s*:\s*"([^":]+:[^":]+)(?::(tag|name|digest))?"/

/** Scalars that a Flux image policy writes, whatever their key. */
export const inMarked: Finder = function* ({ tree, root }) {
  if (!hasMarkers(tree.yaml)) return
  for (const node of nodesBelow(root)) {
    const marker = solid(node)?.type === 'scalar' ? markerOf(tree.yaml, node) : undefined
    if (marker) yield* marked(node, marker.field)
  }
}

export function hasMarkers({ text }: YamlText): boolean {
  return text.includes('$imagepolicy')
}

/** The marker on the line where a scalar ends. */
export function markerOf({ text, events }: YamlText, node: Node): { policy: string; field?: string } | undefined {
  const { end } = spansOf(text, events, node.event)
  if (/[\r\n]/.test(text[end - 1] ?? '')) return undefined
  const line = /^[^\r\n]*/.exec(text.slice(end, end + 1024))?.[0] ?? ''
  const [, policy, field] = MARKER.exec(line) ?? []
  return policy === undefined ? undefined : { policy, ...(field !== undefined && { field }) }
}

function* marked(node: Node, field: string | undefined): Generator<Found> {
  if (field === 'tag') yield { kind: 'tag', place: 'marker', node }
  else if (field === 'digest') yield { kind: 'digest', place: 'marker', node }
  else if (field === undefined && isVersionedReference(node)) yield* inReference(node, 'marker')
}
