import { CONFIG_FILE, parseConfig, readNamedConfig, refuseMisnamed } from '../config/in-force.ts'
import { environmentFinder } from '../config/path-environment.ts'
import type { Config } from '../config/schema.ts'
import type { EngineOptions, Engines } from '../engine/engines.ts'
import { openCatalog } from '../kubernetes/catalog.ts'
import { resolveMinor } from '../kubernetes/catalog-minor.ts'
import { UsageError } from '../report/failure.ts'
import { openGit } from '../repository/git.ts'
import type { Run } from '../repository/process.ts'
import { findScope, type Scope } from '../repository/scope.ts'
import type { Tree } from '../repository/tree.ts'
import { readWorktree } from '../repository/worktree.ts'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import { readChart } from './chart.ts'
import { openFiles, type YamlFiles } from './files.ts'
import { openGraph } from './graph.ts'
import { join } from './kustomization.ts'
import { loadRestrictorOf } from './load-restrictor.ts'
import { type FolderTerms, renderFolder } from './render-folder.ts'
import { renderInputs } from './render-inputs.ts'
import { expectRenderable } from './renderable.ts'
import { scout } from './scout.ts'

export interface RenderRequest {
  paths: readonly string[]
  /** `.gitops.yaml` by another name; without it the repository's counts. */
  config?: string
  /** Wins over the configuration. */
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

/**
 * Renders the kustomizations and charts that the paths name, as the configuration says; a path that is neither is an error.
 *
 * @throws UsageError for a path, version or configuration that is wrong
 */
export async function renderSources(request: RenderRequest, ports: RenderPorts): Promise<Rendered> {
  minorOf(request.kubernetesVersion)
  const scope = findScope(ports.workingDirectory, [...request.paths, ...request.valuesFiles])
  const folders = scope.paths.slice(0, request.paths.length)
  const valuesFiles = scope.paths.slice(request.paths.length)
  const { files, config } = await openRepository(scope, request, ports)
  expectRenderable(files, folders)
  const termsOf = openTerms(files, config, valuesFiles, request)

  const engines = startFor(files, folders, valuesFiles, config, ports)
  try {
    const rendered: Rendered = { text: '', failures: [] }
    for (const folder of folders) {
      const result = await renderFolder(files, engines, folder, termsOf(folder))
      if ('text' in result) rendered.text += separated(rendered.text, result.text)
      else rendered.failures.push(...result.failures)
    }
    return rendered
  } finally {
    await engines.close()
  }
}

/** The configuration lies in the tree whose files it limits: what it says counts for all that is read after it. */
async function openRepository(
  { root, versioned }: Scope,
  { config: file }: RenderRequest,
  { workingDirectory, run, environment }: RenderPorts,
): Promise<{ files: YamlFiles; config: Config }> {
  const limits = { ...DEFAULT_YAML_LIMITS }
  const tree = await readWorktree(root, versioned ? openGit(root, run, environment) : undefined, limits)
  const config = file === undefined ? configOf(tree) : await readNamedConfig({ file, workingDirectory })
  Object.assign(limits, config.limits.yaml)
  return { files: openFiles(tree, limits), config }
}

function configOf(tree: Tree): Config {
  const bytes = tree.read(CONFIG_FILE)
  if (!bytes) refuseMisnamed(tree.read)
  return parseConfig(bytes, CONFIG_FILE)
}

function openTerms(
  files: YamlFiles,
  config: Config,
  valuesFiles: readonly string[],
  { kubernetesVersion }: RenderRequest,
): (folder: string) => FolderTerms {
  const { kubernetes, loadRestrictor } = config.validate
  const environmentOf = environmentFinder(config)
  const { governed } = scout(files)
  return (folder) => ({
    valuesFiles,
    loadRestrictor: loadRestrictorOf(folder, governed, loadRestrictor),
    minor: () => minorOf(kubernetesVersion ?? environmentOf(folder)?.kubernetes ?? kubernetes),
  })
}

function startFor(
  files: YamlFiles,
  folders: readonly string[],
  valuesFiles: readonly string[],
  { limits }: Config,
  ports: RenderPorts,
): Engines {
  const graph = openGraph(files)
  const scans = folders.filter((folder) => graph.at(folder)).map((folder) => graph.scan(folder))
  const charts = folders.flatMap((folder) =>
    files.tree.has(join(folder, 'Chart.yaml')) ? (readChart(files, folder) ?? []) : [],
  )
  const inputs = renderInputs(files, scans, charts)
  for (const path of valuesFiles) inputs.set(path, files.tree.read(path) as Uint8Array)
  return ports.startEngines(inputs, { workers: 1, ...limits.render })
}

/** Between two sources there is a document separator, whether or not the next one brings its own. */
function separated(before: string, text: string): string {
  return before === '' || text.startsWith('---') ? text : `---\n${text}`
}

/** @throws UsageError for a version that is unknown */
function minorOf(version: string | undefined): string {
  const resolved = resolveMinor(version, openCatalog().minors)
  if ('error' in resolved) throw new UsageError(resolved.error)
  return resolved.minor
}
