import { embeddedIn } from '../../yaml/embedded.ts'
import { spansOf } from '../../yaml/event.ts'
import type { YamlLimits } from '../../yaml/limits.ts'
import { pathOf } from '../../yaml/node.ts'
import type { Positions } from '../../yaml/position.ts'
import { type Skipped, unreadable } from '../skipped.ts'
import { reachedFrom } from './build.ts'
import type { Inside, Subject } from './found.ts'
import { type Layer, stepsTo } from './layer.ts'
import { hasMarkers } from './marker.ts'
import { contentOf } from './reference.ts'

/** Strings that hold YAML may hold such strings themselves; nobody goes deeper than this. */
const DEEPEST = 3

/** The YAML that a string holds, as a layer of its own; or why it is skipped; or nothing, where there is none. */
export function layerWithin(
  { inside }: Inside,
  subject: Subject,
  layer: Layer,
  file: Positions,
  limits: YamlLimits,
): { layer: Layer } | { skipped: Skipped } | undefined {
  if (!contentOf(inside) || layer.depth >= DEEPEST) return undefined
  const embedded = embeddedIn(layer.yaml, inside.event, limits)
  const { line } = file.at(layer.toOuter(spansOf(layer.yaml.text, layer.yaml.events, inside.event).start))
  const skip = (reason: string) => ({ skipped: { file: layer.file, line, reason } })
  if (!embedded) return skip('The YAML in this string can be read and edited only as a literal block (|).')
  const unread = unreadable({ path: layer.file, yaml: embedded.yaml })
  if (unread) return skip(`The YAML in this string: ${unread.skipped.reason}`)
  return {
    layer: {
      file: layer.file,
      document: layer.document,
      yaml: embedded.yaml,
      toOuter: (offset) => layer.toOuter(embedded.toOuter(offset)),
      path: [...layer.path, ...pathOf(inside)],
      steps: [...layer.steps, ...stepsTo(inside, subject.root)],
      owner: subject.owner ?? layer.owner,
      reaches: reachedFrom(inside, subject, layer, file),
      marked: hasMarkers(embedded.yaml),
      depth: layer.depth + 1,
    },
  }
}
