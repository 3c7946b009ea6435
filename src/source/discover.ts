import { recognise } from '../kubernetes/manifest.ts'
import { folderOf, nameOf } from '../repository/path.ts'
import { comparePaths } from '../repository/tree.ts'
import { type Chart, chartFolders, chartOf, isReadByHelm, readChart } from './chart.ts'
import type { YamlFiles } from './files.ts'
import type { KustomizationGraph, Scan } from './graph.ts'
import { isKustomizationFile } from './kustomization.ts'

/** What a tree's files are for: rendered as part of a source, checked one by one, or neither. */
export interface Sources {
  /** Kustomizations to render, and those that must not be; sorted by folder. */
  kustomizations: readonly Scan[]
  charts: readonly Chart[]
  /** Files to check document by document. */
  plain: readonly string[]
  /** Chosen files that are not looked at by themselves, and why. */
  accounted: ReadonlyMap<string, string>
}

/**
 * Sorts the chosen files into sources. A file that is rendered is not also checked by itself; a kustomization that
 * others list is rendered through them, unless it was named.
 */
export function discover(
  files: YamlFiles,
  graph: KustomizationGraph,
  chosen: ReadonlySet<string>,
  named: ReadonlySet<string>,
): Sources {
  const chartRoots = chartFolders(files)
  const scans = kustomizationFolders(chosen, chartRoots).map((folder) => graph.scan(folder))
  const kustomizations = rootsOf(scans, named)
  const covered = new Set(kustomizations.flatMap((scan) => [...scan.files]))
  const beside = new Set(scans.map((scan) => scan.root.folder))
  const chosenCharts = new Set([...chosen].map((file) => helmChartOf(chartRoots, file)))
  const charts = [...chartRoots]
    .filter((folder) => chosenCharts.has(folder))
    .filter((folder) => !covered.has(folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`))
    .sort(comparePaths)
    .flatMap((folder) => readChart(files, folder) ?? [])

  const plain: string[] = []
  const accounted = new Map<string, string>()
  for (const file of [...chosen].sort(comparePaths)) {
    const chart = chartOf(chartRoots, file)
    if (isKustomizationFile(file) && beside.has(folderOf(file))) continue
    if (covered.has(file)) accounted.set(file, 'rendered as part of a kustomization')
    else if (beside.has(folderOf(file))) accounted.set(file, 'beside a kustomization that does not list it')
    else if (chart !== undefined && !isManifestBeside(files, chart, file)) accounted.set(file, 'part of a chart')
    else if (nameOf(file) === '.gitops.yaml') accounted.set(file, 'our own configuration')
    else plain.push(file)
  }
  return { kustomizations, charts, plain, accounted }
}

function kustomizationFolders(chosen: ReadonlySet<string>, charts: ReadonlySet<string>): string[] {
  const folders = [...chosen].filter((file) => isKustomizationFile(file) && helmChartOf(charts, file) === undefined)
  return [...new Set(folders.map(folderOf))].sort(comparePaths)
}

/** The chart as part of which Helm reads a file. */
function helmChartOf(charts: ReadonlySet<string>, file: string): string | undefined {
  const chart = chartOf(charts, file)
  return chart !== undefined && isReadByHelm(chart, file) ? chart : undefined
}

/** Whether a file in the folder of a chart is a manifest of its own: resources, and no template of them. */
function isManifestBeside(files: YamlFiles, chart: string, file: string): boolean {
  if (isReadByHelm(chart, file)) return false
  const yaml = files.read(file)
  if (!yaml || yaml.text.includes('{{')) return false
  return yaml.documents.some(({ value }) => value !== undefined && recognise(value, file).is === 'resources')
}

/**
 * Kustomizations nobody else builds on. One whose every user has a fault is rendered by itself, so that a fault above
 * hides nothing below; a Component never is. What no root reaches, because it lies on a circle, is one too.
 */
function rootsOf(scans: readonly Scan[], named: ReadonlySet<string>): Scan[] {
  const usedAtAll = usedBy(scans)
  const usedSoundly = usedBy(scans.filter((scan) => scan.faults.length === 0))
  const roots = scans.filter(({ root, faults }) => {
    if (named.has(root.folder)) return true
    if (root.isComponent) return false
    return !usedAtAll.has(root.folder) || (!usedSoundly.has(root.folder) && faults.length === 0)
  })
  const reached = new Set(roots.flatMap((scan) => scan.kustomizations.map((each) => each.folder)))
  for (const scan of scans) {
    if (reached.has(scan.root.folder) || scan.root.isComponent) continue
    roots.push(scan)
    for (const each of scan.kustomizations) reached.add(each.folder)
  }
  return roots.sort((a, b) => comparePaths(a.root.folder, b.root.folder))
}

function usedBy(scans: readonly Scan[]): Set<string> {
  return new Set(scans.flatMap((scan) => scan.kustomizations.slice(1).map((each) => each.folder)))
}
