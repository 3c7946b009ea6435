import { spansOf } from '../../yaml/event.ts'
import { type Node, pathOf, type Solid, solid, textAt } from '../../yaml/node.ts'
import type { Position, Positions } from '../../yaml/position.ts'
import { moveSite, partSpan, siteOf } from '../../yaml/site.ts'
import { type Obstacle, promotableOf, type VersionField } from '../field.ts'
import { valueObstacle, writingObstacle } from '../obstacle.ts'
import type { Found, Subject } from './found.ts'
import { type Layer, stepsTo } from './layer.ts'
import { markerOf } from './marker.ts'

/** A found version with its place in the file and a verdict; nothing where no scalar stands after all. */
export function buildField(found: Found, subject: Subject, layer: Layer, file: Positions): VersionField | undefined {
  const { node } = found
  const inner = siteOf(layer.yaml, node)
  const scalar = solid(node)
  if (!inner || scalar?.type !== 'scalar') return undefined
  const content = scalar.value === null ? '' : scalar.content
  const part = found.part ?? { start: 0, end: content.length }
  const value = content.slice(part.start, part.end)
  const span = partSpan(layer.yaml.text, inner, part.start, part.end)
  const site = moveSite(inner, layer.toOuter)
  const reaches = reachedFrom(node, subject, layer, file)
  const judged = { kind: found.kind, value, reading: scalar.value, pinned: found.pinned ?? false, as: found.as }
  return {
    file: layer.file,
    ...file.at(site.span.start),
    document: layer.document,
    path: [...layer.path, ...pathOf(node)],
    steps: [...layer.steps, ...stepsTo(node, subject.root, found.item)],
    kind: found.kind,
    of: found.of ?? promotableOf(found.kind),
    place: found.place,
    value,
    ...sourceOf(found, subject, layer),
    span: span ? { start: layer.toOuter(span.start), end: layer.toOuter(span.end) } : site.span,
    part,
    site,
    unit: unitOf(found, layer),
    ...(reaches.length > 0 && { reaches }),
    editable: both(valueObstacle(judged), placeObstacle(subject, node, span !== undefined)) ?? true,
  }
}

/** What the version is of, as far as it is told. */
function sourceOf({ node, image, chart, repository }: Found, subject: Subject, layer: Layer) {
  const owner = subject.owner ?? layer.owner
  const marker = layer.marked ? markerOf(layer.yaml, node)?.policy : undefined
  return {
    ...(image && { image }),
    ...(chart && { chart }),
    ...(repository && { repository }),
    ...(owner && { owner }),
    ...(marker && { marker }),
  }
}

function unitOf({ node, unit, stem }: Found, { file, document, path }: Layer): string {
  return [`${file}#${document}`, ...path, ...pathOf(unit ?? node), ...(stem === undefined ? [] : [stem])].join('/')
}

/** The value's obstacle is told; one that bars reading and one that bars writing bar both. */
function both(value: Obstacle | undefined, place: Obstacle | undefined): Obstacle | undefined {
  return value && place ? { ...value, bars: 'both' } : (value ?? place)
}

function placeObstacle({ tree }: Subject, node: Node, mapped: boolean): Obstacle | undefined {
  if (node.type === 'alias') return writingObstacle('alias')
  if (textAt(tree.root, 'sops', 'mac') !== undefined) return writingObstacle('encrypted')
  return mapped ? undefined : writingObstacle('shape')
}

/** Where aliases repeat the scalar, or something it stands in. */
export function reachedFrom(node: Node, { tree }: Subject, layer: Layer, file: Positions): Position[] {
  const reached = [...layer.reaches]
  if (tree.aliases.size === 0) return reached
  for (let at: Node | undefined = node; at; at = at.parent) {
    for (const alias of tree.aliases.get(at as Solid) ?? []) {
      reached.push(file.at(layer.toOuter(spansOf(layer.yaml.text, layer.yaml.events, alias.event).start)))
    }
  }
  return reached
}
