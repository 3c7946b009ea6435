import { UsageError } from '../report/failure.ts'
import { folderOf, isWithin } from '../repository/path.ts'
import { comparePaths } from '../repository/tree.ts'
import { chartFolders } from './chart.ts'
import type { YamlFiles } from './files.ts'
import { isKustomizationFile, kustomizationFile } from './kustomization.ts'

/** So many folders are named to somebody who named one that cannot be rendered. */
const MOST_NAMED = 8

/**
 * Sees that each folder is a kustomization or a chart.
 *
 * @param folders relative to the repository root
 * @throws UsageError that names folders that are
 */
export function expectRenderable(files: YamlFiles, folders: readonly string[]): void {
  const charts = chartFolders(files)
  const isSource = (folder: string) => kustomizationFile(files, folder) !== undefined || charts.has(folder)
  const wrong = folders.find((folder) => !isSource(folder) && !files.tree.has(`${folder}/Chart.yaml`))
  if (wrong !== undefined) throw new UsageError(`${wrong || '.'} ${cureFor(files, wrong, charts)}`)
}

function cureFor(files: YamlFiles, path: string, charts: ReadonlySet<string>): string {
  if (files.tree.has(path)) {
    const folder = folderOf(path)
    const isPart = isKustomizationFile(path) || path === (folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`)
    if (isPart) return `is a file, and folders are rendered; name ${folder || '.'}.`
  }
  const what = files.tree.has(path) ? 'is a file' : 'has neither a kustomization.yaml nor a Chart.yaml'
  const sources = sourcesOf(files, charts)
  const below = sources.filter((folder) => isWithin(folder, path))
  const named = below.length > 0 ? below : sources
  if (named.length === 0)
    return `${what}, and there is no kustomization and no chart to render instead; gitops validate checks plain manifests.`
  const more = named.length > MOST_NAMED ? `, and ${named.length - MOST_NAMED} more` : ''
  return `${what}; name what to render: ${named.slice(0, MOST_NAMED).join(', ')}${more}.`
}

function sourcesOf({ tree }: YamlFiles, charts: ReadonlySet<string>): string[] {
  const inCharts = (folder: string) => [...charts].some((chart) => chart !== folder && isWithin(folder, chart))
  const kustomizations = tree.paths.filter(isKustomizationFile).map(folderOf)
  const folders = [...new Set([...kustomizations, ...charts])].filter((folder) => !inCharts(folder))
  return folders.map((folder) => folder || '.').sort(comparePaths)
}
