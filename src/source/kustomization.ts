import { refusedBase } from '../engine/native-address.ts'
import type { Place } from '../report/finding.ts'
import { folderOf, resolvePath } from '../repository/path.ts'
import type { PathStep } from '../yaml/locate.ts'
import { locateIn, type YamlDocument, type YamlText } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import { type Entry, entriesOf, fieldOf } from './kustomization-entries.ts'
import { isRemote } from './remote.ts'

/** The names kustomize looks for, in its order; a folder may hold only one of them. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const

/** What an entry of a kustomization leads to. */
export type Target =
  | { kind: 'file' | 'folder'; path: string }
  | { kind: 'inline' }
  | { kind: 'chart'; path: string }
  | { kind: 'refused'; why: string }
  /** Would have to be fetched; `unsafe` says why not even where that is allowed. */
  | { kind: 'remote'; why: string; unsafe?: string }
  | { kind: 'missing'; path: string | undefined }

export interface Link extends Entry {
  target: Target
}

/** A kustomization file, read with positions, and where its entries lead. */
export interface Kustomization {
  folder: string
  file: string
  /** The other kustomization file in the same folder, which kustomize does not accept. */
  rival?: string
  yaml: YamlText | undefined
  document: YamlDocument | undefined
  fields: Readonly<Record<string, unknown>>
  isComponent: boolean
  links: readonly Link[]
}

export function kustomizationFile(files: YamlFiles, folder: string): string | undefined {
  return KUSTOMIZATION_NAMES.map((name) => join(folder, name)).find((path) => files.tree.has(path))
}

/** Reads the kustomization of a folder, or `undefined` where the folder has none. */
export function readKustomization(files: YamlFiles, folder: string): Kustomization | undefined {
  const present = KUSTOMIZATION_NAMES.map((name) => join(folder, name)).filter((path) => files.tree.has(path))
  const [file, rival] = present
  if (file === undefined) return undefined
  const yaml = files.keep(file)
  const document = yaml?.documents.find((each) => !each.empty)
  const fields = isMapping(document?.value) ? document.value : {}
  const links = entriesOf(fields).map((entry) => ({ ...entry, target: targetOf(files, folder, fields, entry) }))
  return { folder, file, rival, yaml, document, fields, isComponent: fields.kind === 'Component', links }
}

/** Where an entry of a kustomization stands. */
export function placeOf(kustomization: Kustomization, path: readonly PathStep[], at: 'key' | 'value' = 'value'): Place {
  const { file, yaml, document } = kustomization
  if (!yaml || !document) return { file, line: 1, column: 1 }
  for (let length = path.length; length >= 0; length--) {
    const found = locateIn(yaml, document, path.slice(0, length))
    if (!found) continue
    const span = at === 'key' || length < path.length ? (found.key ?? found.value) : found.value
    return { file, ...yaml.positions.at(span.start) }
  }
  return { file, line: 1, column: 1 }
}

const ELSE_NATIVE = 'or have it fetched by --renderer native --allow-remote'

function targetOf(files: YamlFiles, folder: string, fields: Readonly<Record<string, unknown>>, entry: Entry): Target {
  if (entry.role === 'chart') return chartTarget(files, folder, fields, entry)
  if (entry.text === 'helmChartInflationGenerator') {
    return { kind: 'refused', why: 'it downloads a chart; list a vendored chart under helmCharts instead' }
  }
  const path = resolvePath(folder, entry.text)
  if (path !== undefined && files.tree.has(path)) return { kind: 'file', path }
  if (path !== undefined && entry.role !== 'data' && files.tree.isFolder(path)) return { kind: 'folder', path }
  if (mayBeInline(entry) && /[\n:]\s/.test(`${entry.text}\n`) && !isRemote(entry.text)) return { kind: 'inline' }
  if (isRemote(entry.text))
    return { kind: 'remote', why: `it is remote; commit it, ${ELSE_NATIVE}`, unsafe: refusedBase(entry.text) }
  return { kind: 'missing', path }
}

function mayBeInline(entry: Entry): boolean {
  return entry.role === 'plugin' || entry.path[0] === 'patchesStrategicMerge'
}

/** kustomize finds a chart under chartHome by its name, and by name and version once it has pulled it. */
function chartTarget(
  files: YamlFiles,
  folder: string,
  fields: Readonly<Record<string, unknown>>,
  entry: Entry,
): Target {
  const charts = fields.helmCharts
  const chart = Array.isArray(charts) ? charts[Number(entry.path[1])] : undefined
  const home = fieldOf(fields.helmGlobals, 'chartHome')
  const chartHome = resolvePath(folder, typeof home === 'string' && home !== '' ? home : 'charts')
  const version = fieldOf(chart, 'version')
  const vendored = [`${entry.text}-${String(version)}/${entry.text}`, entry.text]
    .map((name) => chartHome !== undefined && resolvePath(chartHome, name))
    .find((path) => typeof path === 'string' && files.tree.has(join(path, 'Chart.yaml')))
  if (typeof vendored === 'string') return { kind: 'chart', path: vendored }
  const repository = fieldOf(chart, 'repo')
  return {
    kind: 'remote',
    why: `the chart ${entry.text} is not vendored under ${chartHome ?? 'charts'}; vendor it there, ${ELSE_NATIVE}`,
    unsafe: typeof repository === 'string' ? undefined : 'it names no repo to fetch it from',
  }
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The folder a kustomization file lies in is what kustomize builds. */
export function isKustomizationFile(path: string): boolean {
  return KUSTOMIZATION_NAMES.some((name) => path === join(folderOf(path), name))
}
