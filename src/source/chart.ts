import { dependencyFolder, refusedDependency } from '../engine/native-address.ts'
import { isRecord } from '../kubernetes/resource.ts'
import type { Place } from '../report/finding.ts'
import { folderOf, isWithin } from '../repository/path.ts'
import { locateIn } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import { join } from './kustomization.ts'
import { UNNAMED_RELEASE } from './release-name.ts'

/** A Helm chart of the repository. */
export interface Chart {
  folder: string
  name: string
  /** Cannot be rendered by itself: other charts include it. */
  isLibrary: boolean
  /** Dependencies that are not vendored under `charts/`, so that Helm would download them. */
  lacking: readonly Lacking[]
}

export interface Lacking {
  name: string
  place: Place
  /** Why it is not fetched even where that is allowed. */
  unsafe?: string
  /** Where it lies, if in the repository itself. */
  folder?: string
}

/** The folders that hold a Chart.yaml, outermost first; a chart within another's `charts/` belongs to that one. */
export function chartFolders(files: YamlFiles): Set<string> {
  const folders = files.tree.paths.filter((path) => path === 'Chart.yaml' || path.endsWith('/Chart.yaml')).map(folderOf)
  return new Set(folders.filter((folder) => !folders.some((outer) => isSubchart(folder, outer))))
}

function isSubchart(folder: string, outer: string): boolean {
  return folder !== outer && isWithin(folder, join(outer, 'charts'))
}

/** The chart a file is part of, if any. */
export function chartOf(charts: ReadonlySet<string>, file: string): string | undefined {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (charts.has(folder)) return folder
    if (folder === '') return undefined
  }
}

const HELM_FOLDERS = new Set(['templates', 'charts', 'crds', 'ci'])

/**
 * Whether Helm itself reads a file of a chart: it lies beside Chart.yaml, or in a folder that means something to Helm.
 * Any other can be what a template asks for, or have nothing to do with the chart, as when that is the whole repository.
 */
export function isReadByHelm(chart: string, file: string): boolean {
  const [first = '', ...rest] = file.slice(chart === '' ? 0 : chart.length + 1).split('/')
  return rest.length === 0 || HELM_FOLDERS.has(first)
}

/**
 * Reads Chart.yaml; `undefined` where there is none. One that is not readable is a chart without a name or dependencies:
 * Helm says what is wrong with it.
 */
export function readChart(files: YamlFiles, folder: string): Chart | undefined {
  const file = join(folder, 'Chart.yaml')
  if (!files.tree.has(file)) return undefined
  const yaml = files.keep(file)
  const document = yaml?.documents.find((each) => !each.empty)
  if (!yaml || !document || !isRecord(document.value) || typeof document.value.name !== 'string')
    return { folder, name: UNNAMED_RELEASE, isLibrary: false, lacking: [] }
  const dependencies = Array.isArray(document.value.dependencies) ? document.value.dependencies : []
  const lacking = dependencies.flatMap((dependency: unknown, index) => {
    if (!isRecord(dependency) || typeof dependency.name !== 'string' || isVendored(files, folder, dependency.name))
      return []
    const found = locateIn(yaml, document, ['dependencies', index, 'name'])
    const { name, repository } = dependency
    const place = { file, ...yaml.positions.at(found?.value.start ?? 0) }
    return [
      { name, place, unsafe: refusedDependency(repository, folder), folder: dependencyFolder(repository, folder) },
    ]
  })
  return { folder, name: document.value.name, isLibrary: document.value.type === 'library', lacking }
}

function isVendored(files: YamlFiles, folder: string, name: string): boolean {
  const vendored = files.tree.list(join(folder, 'charts'))
  return vendored.some((entry) => entry === name || (entry.startsWith(`${name}-`) && entry.endsWith('.tgz')))
}
