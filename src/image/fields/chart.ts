import { itemsAt, type MapNode, type Node, textAt } from '../../yaml/node.ts'
import type { FieldPlace } from '../field.ts'
import { isChart } from './file-kind.ts'
import type { Finder, Found } from './found.ts'
import { contentOf } from './reference.ts'

/** The dependencies of a Helm chart. Those beside it (`file://`) have no version to move. */
export const inChart: Finder = function* ({ file, root }) {
  if (!isChart(file)) return
  for (const item of itemsAt(root, 'dependencies')) {
    const repository = textAt(item, 'repository')
    if (item.type !== 'map' || repository === undefined || repository.startsWith('file:')) continue
    yield* chartFound(item.entries.get('version'), 'chart', textAt(item, 'name'), repository)
  }
}

/** A chart's version beside its name, as most tools have it: `chart`, `version`, and where it comes from. */
export function* inChartPair(map: MapNode, place: FieldPlace): Generator<Found> {
  const repository = ['repository', 'repoURL', 'repo', 'url'].map((key) => textAt(map, key)).find(Boolean)
  const chart = textAt(map, 'chart') ?? textAt(map, 'chartName') ?? nameIfRemote(map, repository)
  if (chart === undefined || /^[./]/.test(chart)) return
  const version = map.entries.get('version') ?? map.entries.get('chartVersion')
  yield* chartFound(version, place, chart, repository)
}

export function* chartFound(
  node: Node | undefined,
  place: FieldPlace,
  chart: string | undefined,
  repository: string | undefined,
): Generator<Found> {
  if (node === undefined || contentOf(node) === undefined) return
  yield { kind: 'chart', place, node, chart, repository }
}

/** `name` and `version` beside the address of a chart repository tell a chart as well. */
function nameIfRemote(map: MapNode, repository: string | undefined): string | undefined {
  return repository && /^(?:https?|oci):\/\//.test(repository) && !/\.git$/.test(repository)
    ? textAt(map, 'name')
    : undefined
}
