import { type MapNode, textAt } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import { chartSelection } from '../version.ts'
import { chartFound } from './chart.ts'
import type { Found } from './found.ts'
import { contentOf } from './reference.ts'

/** `repoURL` with `targetRevision`, or `revision` in a generator: a chart's version, or a Git revision. */
export function* inSource(map: MapNode, place: FieldPlace): Generator<Found> {
  const repository = textAt(map, 'repoURL') ?? textAt(map, 'repoUrl')
  const node = map.entries.get('targetRevision') ?? (repository === undefined ? undefined : map.entries.get('revision'))
  if (node === undefined || contentOf(node) === undefined) return
  const chart = textAt(map, 'chart')
  if (chart) yield* chartFound(node, place, chart, repository)
  else yield { kind: 'ref', place, node, repository }
}

/** `ref: { branch, tag, semver, name, commit, digest }` of Flux's sources. A commit or digest pins what a branch names. */
export function* inFluxRef(ref: MapNode, place: FieldPlace, of: Pick<Found, 'chart' | 'repository'>): Generator<Found> {
  const kind = of.chart === undefined ? 'ref' : 'chart'
  for (const key of ['tag', 'semver', 'commit', 'branch', 'name', 'digest']) {
    const node = ref.entries.get(key)
    const content = contentOf(node)
    if (node === undefined || content === undefined) continue
    const common = { place, node, unit: ref, ...of }
    if (key === 'semver' && chartSelection(content) !== 'exact') yield { ...common, kind, as: 'range' }
    else if (key === 'branch') yield { ...common, kind: 'ref', as: 'branch' }
    else if (key === 'commit' || key === 'name') yield { ...common, kind: 'ref', ...namedTag(content) }
    else if (key === 'digest') yield { ...common, kind: 'digest', of: kind === 'chart' ? 'charts' : 'refs' }
    else yield { ...common, kind }
  }
}

/** `refs/tags/v1`: the version alone is `v1`. */
function namedTag(content: string): { part?: { start: number; end: number } } {
  const start = 'refs/tags/'.length
  return content.startsWith('refs/tags/') ? { part: { start, end: content.length } } : {}
}
