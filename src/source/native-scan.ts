import { refusedBase, refusedRepository } from '../engine/native-address.ts'
import { resolvePath } from '../repository/path.ts'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import type { PathStep } from '../yaml/locate.ts'
import { readYaml } from '../yaml/read.ts'
import { isMapping, type Kustomization } from './kustomization.ts'
import { isRemote } from './remote.ts'

/** How the native tools are used: outside the sandbox of the embedded engine, so more must be refused beforehand. */
export interface NativeUse {
  allowRemote: boolean
}

export interface NativeFault {
  path: readonly PathStep[]
  message: string
}

type Fields = Readonly<Record<string, unknown>>

/** What in a kustomization could reach the machine through kustomize or helm, besides the entries it names. */
export function nativeFaults(kustomization: Kustomization): NativeFault[] {
  const { fields, folder, yaml, document } = kustomization
  if (!yaml || yaml.problems.length > 0 || (document && document.value === undefined)) {
    return [{ path: [], message: 'This kustomization cannot be read as a whole, so it is not given to kustomize.' }]
  }
  const charts = Array.isArray(fields.helmCharts) ? fields.helmCharts : []
  return [
    ...disguisedFields(fields),
    ...under(['helmGlobals'], homeFaults(fields.helmGlobals, folder)),
    ...charts.flatMap((chart: unknown, index) => under(['helmCharts', index], chartFaults(chart))),
  ]
}

/** The same of the configuration of a built-in plugin, which may read files too; it is refused as a whole. */
export function nativePluginFault(text: string, folder: string, use: NativeUse): string | undefined {
  const { documents, problems } = readYaml(text, DEFAULT_YAML_LIMITS)
  if (problems.length > 0) return 'It cannot be read as a whole.'
  for (const { value } of documents) {
    if (value === undefined) return 'It cannot be read as a whole.'
    if (!isMapping(value)) continue
    const isChart = value.kind === 'HelmChartInflationGenerator'
    const [fault] = [...homeFaults(value, folder), ...(isChart ? chartFaults(value) : [])]
    const message = fault?.message ?? fileFault(value, folder, use)
    if (message !== undefined) return message
  }
  return undefined
}

/** Fields that name files, addresses or arguments, and where they stand. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  resources: [],
  bases: [],
  components: [],
  patches: ['path'],
  patchesStrategicMerge: [],
  patchesJson6902: ['path'],
  replacements: ['path'],
  configMapGenerator: ['files', 'envs', 'env'],
  secretGenerator: ['files', 'envs', 'env'],
  generators: [],
  transformers: [],
  validators: [],
  configurations: [],
  crds: [],
  openapi: ['path'],
  helmGlobals: ['chartHome', 'configHome'],
  helmCharts: [
    ...['name', 'version', 'repo', 'releaseName', 'namespace', 'nameTemplate', 'kubeVersion', 'apiVersions'],
    ...['valuesFile', 'additionalValuesFiles'],
  ],
  helmChartInflationGenerator: [],
}

/** Go reads `Resources`, and even `re\u017fources`, as `resources`; our scan reads what stands there. */
function disguisedFields(fields: Fields): NativeFault[] {
  return [
    ...disguised(fields, Object.keys(FIELDS)),
    ...Object.entries(FIELDS).flatMap(([field, names]) => {
      const value = fields[field]
      if (!Array.isArray(value)) return under([field], disguised(value, names))
      return value.flatMap((item: unknown, index) => under([field, index], disguised(item, names)))
    }),
  ]
}

function disguised(value: unknown, names: readonly string[]): NativeFault[] {
  if (!isMapping(value)) return []
  const meant = new Map(names.map((name) => [folded(name), name]))
  return Object.keys(value).flatMap((key) => {
    const name = meant.get(folded(key))
    if (name === undefined || name === key) return []
    return [{ path: [key], message: `${JSON.stringify(key)} is read as ${name} by kustomize; write it so.` }]
  })
}

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

function chartFaults(chart: unknown): NativeFault[] {
  if (!isMapping(chart)) return []
  const faults: NativeFault[] = []
  const check = (field: string, accepted: (value: string) => boolean, why: string) => {
    const value = chart[field]
    for (const [index, each] of (Array.isArray(value) ? value : [value]).entries()) {
      if (typeof each !== 'string' || each === '' || accepted(each)) continue
      const path = Array.isArray(value) ? [field, index] : [field]
      faults.push({ path, message: `The chart's ${field} ${why}, so it is not given to helm.` })
    }
  }
  check('name', (name) => /^[A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)*$/.test(name), 'is not the name of a chart')
  check('version', (version) => /^[\w^~<>=*][^/\\]*$/.test(version), 'is not a version')
  check('repo', (repo) => refusedRepository(repo) === undefined, 'has neither https:// nor oci://')
  for (const field of ['releaseName', 'namespace', 'nameTemplate', 'kubeVersion', 'apiVersions']) {
    check(field, (value) => !value.startsWith('-'), 'starts with a hyphen')
  }
  return faults
}

/** Where charts are looked for and Helm's own configuration lies: in the repository, or nowhere. */
function homeFaults(globals: unknown, folder: string): NativeFault[] {
  if (!isMapping(globals)) return []
  return ['chartHome', 'configHome'].flatMap((field) => {
    const home = globals[field]
    if (typeof home !== 'string' || home === '' || resolvePath(folder, home) !== undefined) return []
    return [{ path: [field], message: `${field} leaves the repository, so it is not given to helm.` }]
  })
}

/** The fields of built-in plugins that name files (`files` may say `key=path`). */
const FILE_FIELDS = new Set(['path', 'files', 'env', 'envs', 'valuesFile', 'additionalValuesFiles'])

function fileFault(value: unknown, folder: string, use: NativeUse): string | undefined {
  if (Array.isArray(value)) return first(value, (item) => fileFault(item, folder, use))
  if (!isMapping(value)) return undefined
  return first(Object.entries(value), ([field, content]) => {
    if (!FILE_FIELDS.has(field)) return fileFault(content, folder, use)
    return first(Array.isArray(content) ? content : [content], (each) => {
      if (typeof each !== 'string') return fileFault(each, folder, use)
      const file = each.slice(each.indexOf('=') + 1)
      if (isRemote(file)) return use.allowRemote ? refusedBase(file) : 'It names something remote.'
      return resolvePath(folder, file) === undefined ? 'It names a file outside the repository.' : undefined
    })
  })
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function under(prefix: readonly PathStep[], faults: readonly NativeFault[]): NativeFault[] {
  return faults.map(({ path, message }) => ({ path: [...prefix, ...path], message }))
}
