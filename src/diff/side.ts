import type { Config } from '../config/schema.ts'
import { isWithin } from '../repository/path.ts'
import type { Tree } from '../repository/tree.ts'
import type { Chart } from '../source/chart.ts'
import { discover } from '../source/discover.ts'
import { openFiles, type YamlFiles } from '../source/files.ts'
import { openGraph, type Scan } from '../source/graph.ts'
import { join } from '../source/kustomization.ts'
import { select } from '../source/selection.ts'

/** One of the two trees that are compared, and the sources in it. */
export interface Side {
  files: YamlFiles
  /** Files below the PATHs that may hold manifests. */
  chosen: ReadonlySet<string>
  sources: readonly Source[]
  /** The source of this key, also where here it is rendered only through others. */
  find(key: string): Source | undefined
}

/** What is rendered as one. */
export type Source = {
  /** The same on both sides. */
  key: string
  /** The folder, `.` for the root; the file of plain manifests. */
  name: string
} & (
  | { kind: 'kustomization'; scan: Scan }
  /** `values`: a file of the chart, such as `values-prod.yaml`, on top of its own values. */
  | { kind: 'chart'; chart: Chart; values?: string }
  | { kind: 'manifest'; file: string }
)

/** @param paths what is looked at, relative to the repository root; `''` is the root. */
export function openSide(tree: Tree, paths: readonly string[], { limits, validate }: Config): Side {
  const files = openFiles(tree, limits.yaml)
  const graph = openGraph(files)
  const { files: chosen, named } = select(tree, paths, validate.ignore)
  const found = discover(files, graph, chosen, named)
  const charts = found.charts.filter(({ isLibrary }) => !isLibrary)
  const sources = [
    ...found.kustomizations.map(ofScan),
    ...charts.map(ofChart),
    ...charts.flatMap((chart) => [...chosen].filter((file) => isOtherValues(chart, file)).map(ofValues(chart))),
    ...found.plain.map(ofFile),
  ]
  const byKey = new Map(sources.map((source) => [source.key, source]))
  const nested = (key: string) => {
    const folder = key.startsWith(KUSTOMIZATION) ? key.slice(KUSTOMIZATION.length) : undefined
    return folder !== undefined && graph.at(folder) ? ofScan(graph.scan(folder)) : undefined
  }
  return { files, chosen, sources, find: (key) => byKey.get(key) ?? nested(key) }
}

/** Whether rendering a source reads a file. */
export function reads(source: Source, path: string): boolean {
  switch (source.kind) {
    case 'kustomization':
      return source.scan.files.has(path)
    case 'manifest':
      return source.file === path
    case 'chart':
      // With each of its many values files it would change in the same way.
      if (source.values !== undefined) return source.values === path
      return isWithin(path, source.chart.folder) && !isOtherValues(source.chart, path)
  }
}

/** Whether a file of a chart is one that people pass with `--values`, by its name. */
function isOtherValues({ folder }: Chart, file: string): boolean {
  if (!isWithin(file, folder) || file === join(folder, 'values.yaml')) return false
  const within = file.slice(folder === '' ? 0 : folder.length + 1)
  const [first = '', ...rest] = within.split('/')
  if (rest.length > 0 && HELM_FOLDERS.has(first)) return false
  return /\.ya?ml$/.test(file) && /(?:^|[-._/])values(?:[-._].+|\/[^/]+)$/.test(within)
}

/** Their files are templates, other charts, and values for tests of the chart. */
const HELM_FOLDERS = new Set(['templates', 'charts', 'crds', 'ci'])

const KUSTOMIZATION = 'kustomization '

function ofScan(scan: Scan): Source {
  const { folder } = scan.root
  return { key: `${KUSTOMIZATION}${folder}`, name: folder || '.', kind: 'kustomization', scan }
}

function ofChart(chart: Chart): Source {
  return { key: `chart ${chart.folder}`, name: chart.folder || '.', kind: 'chart', chart }
}

function ofValues(chart: Chart): (file: string) => Source {
  const { key, name } = ofChart(chart)
  return (values) => ({ key: `${key} ${values}`, name: `${name} with ${values}`, kind: 'chart', chart, values })
}

function ofFile(file: string): Source {
  return { key: `manifest ${file}`, name: file, kind: 'manifest', file }
}
