import type { EngineOptions, Engines } from '../engine/engines.ts'
import { openCatalog } from '../kubernetes/catalog.ts'
import { resolveMinor } from '../kubernetes/catalog-minor.ts'
import { UsageError } from '../report/failure.ts'
import { openGit } from '../repository/git.ts'
import type { Run } from '../repository/process.ts'
import { findScope } from '../repository/scope.ts'
import { readWorktree } from '../repository/worktree.ts'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import { readChart } from './chart.ts'
import { toolMessage } from './failure-place.ts'
import { openFiles, type YamlFiles } from './files.ts'
import { openGraph } from './graph.ts'
import { join } from './kustomization.ts'
import { renderInputs } from './render-inputs.ts'

export interface RenderRequest {
  paths: readonly string[]
  kubernetesVersion?: string
  valuesFiles: readonly string[]
}

export interface RenderPorts {
  workingDirectory: string
  environment: Readonly<Record<string, string | undefined>>
  run: Run
  startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines
}

/** What was rendered, as the tools print it, and what was not, a sentence each. */
export interface Rendered {
  text: string
  failures: string[]
}

/** Renders the kustomizations and charts that the paths name; a path that is neither is an error. */
export async function renderSources(request: RenderRequest, ports: RenderPorts): Promise<Rendered> {
  const scope = findScope(ports.workingDirectory, [...request.paths, ...request.valuesFiles])
  const folders = scope.paths.slice(0, request.paths.length)
  const valuesFiles = scope.paths.slice(request.paths.length)
  const git = scope.versioned ? openGit(scope.root, ports.run, ports.environment) : undefined
  const files = openFiles(await readWorktree(scope.root, git, DEFAULT_YAML_LIMITS), DEFAULT_YAML_LIMITS)
  const minor = minorOf(request.kubernetesVersion)

  const engines = startFor(files, folders, valuesFiles, ports)
  try {
    const rendered: Rendered = { text: '', failures: [] }
    for (const folder of folders) {
      const result = await renderFolder(files, engines, folder, valuesFiles, minor)
      if ('text' in result) rendered.text += separated(rendered.text, result.text)
      else rendered.failures.push(...result.failures)
    }
    return rendered
  } finally {
    await engines.close()
  }
}

function startFor(
  files: YamlFiles,
  folders: readonly string[],
  valuesFiles: readonly string[],
  ports: RenderPorts,
): Engines {
  const graph = openGraph(files)
  const scans = folders.filter((folder) => graph.at(folder)).map((folder) => graph.scan(folder))
  const charts = folders.flatMap((folder) =>
    files.tree.has(join(folder, 'Chart.yaml')) ? (readChart(files, folder) ?? []) : [],
  )
  const inputs = renderInputs(files, scans, charts)
  for (const path of valuesFiles) inputs.set(path, files.tree.read(path) as Uint8Array)
  return ports.startEngines(inputs, { workers: 1, deadline: 60_000, memory: 2 ** 30 })
}

async function renderFolder(
  files: YamlFiles,
  engines: Engines,
  folder: string,
  valuesFiles: readonly string[],
  minor: string,
): Promise<{ text: string } | { failures: string[] }> {
  const name = folder || '.'
  const graph = openGraph(files)
  if (graph.at(folder)) {
    const { faults } = graph.scan(folder)
    if (faults.length > 0) {
      return { failures: faults.map(({ place, message }) => `${place.file}:${place.line}:${place.column} ${message}`) }
    }
    const result = await engines.kustomize({ path: name, loadRestrictor: 'root-only' })
    if (!result.ok) return { failures: [`${name}: ${toolMessage(result.message)}`] }
    return { text: result.resources.map((resource) => resource.text).join('---\n') }
  }
  const chart = readChart(files, folder)
  if (!chart) return { failures: [`${name} is neither a kustomization nor a chart, so there is nothing to render.`] }
  const result = await engines.helm({
    chart: name,
    release: chart.name,
    namespace: 'default',
    valuesFiles: [...valuesFiles],
    kubeVersion: `${minor}.0`,
    apiVersions: [...openCatalog().apiVersions(minor)],
    includeCrds: false,
  })
  if (!result.ok) return { failures: [`${name}: ${toolMessage(result.message)}`] }
  return { text: result.resources.map((document) => document.text).join('') }
}

/** Between two sources there is a document separator, whether or not the next one brings its own. */
function separated(before: string, text: string): string {
  return before === '' || text.startsWith('---') ? text : `---\n${text}`
}

function minorOf(requested: string | undefined): string {
  const resolved = resolveMinor(requested, openCatalog().minors)
  if ('error' in resolved) throw new UsageError(resolved.error)
  return resolved.minor
}
