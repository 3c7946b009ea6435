import pMap from 'p-map'
import type { EngineOptions, Engines } from '../engine/engines.ts'
import type { Finding } from '../report/finding.ts'
import type { CoverageRow } from '../report/report.ts'
import { isWithin } from '../repository/path.ts'
import type { Tree } from '../repository/tree.ts'
import type { Chart } from '../source/chart.ts'
import { discover, type Sources } from '../source/discover.ts'
import { openFiles, type YamlFiles } from '../source/files.ts'
import { openGraph, type Scan } from '../source/graph.ts'
import type { NativeUse } from '../source/native-scan.ts'
import { type Governed, governorOf } from '../source/operator.ts'
import { type RenderedSource, renderChart, renderKustomization } from '../source/render.ts'
import { chartFiles, renderInputs, writtenIn } from '../source/render-inputs.ts'
import { scout } from '../source/scout.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { type Account, openAccount } from './account.ts'
import { type Destination, destinationOf, type PathEnvironment } from './destination.ts'
import { checkKustomizationFile } from './kustomization-file.ts'
import { type Ledger, openLedger, type Silencer } from './ledger.ts'
import { readPlain } from './plain.ts'
import { readRendered, type Trace } from './rendered.ts'
import { type Belonging, Run, type RunSettings } from './run.ts'
import { isCandidate, select } from './selection.ts'
import { type Shard, shardOf } from './shard.ts'

/** One tree to check, and by what. */
export interface TreeRequest extends RunSettings {
  tree: Tree
  /** Relative to the repository root; `''` is the root. */
  paths: readonly string[]
  ignore: readonly string[]
  limits: YamlLimits
  engine: EngineOptions
  /** Given where the tools of PATH render. */
  native?: NativeUse
  /** Whether kustomizations may read files outside their folder everywhere (`load-restrictor: none`). */
  unrestricted: boolean
  environmentOf(path: string): PathEnvironment | undefined
  /** The Kubernetes minor that judges an environment (or none). */
  minorOf(environment: PathEnvironment | undefined): string
  shard?: Shard
}

export interface TreePorts {
  startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines
  silencer(files: YamlFiles): Silencer
  progress(done: number, total: number, what: string): void
}

/** What checking a tree found. */
export interface TreeResult {
  findings: readonly Finding[]
  silenced: number
  coverage: CoverageRow[]
  totals: Run['coverage']['totals']
  minors: ReadonlySet<string>
  resources: number
  sources: number
  account: Account
  skippedFiles: ReadonlyMap<string, string>
  accounted: ReadonlyMap<string, string>
  /** Whether a schema location failed, so that some resources could not be judged. */
  failed: boolean
  /** Files that were chosen: read by themselves, or as part of a source. */
  files: number
  /** Sources and files that fall to other shards. */
  leftToOthers: number
  /** Whether a source was refused and the refusal is not silenced. */
  refused: boolean
}

/** Checks a tree: renders what is rendered, reads what is plain, and judges every resource of both. */
export async function checkTree(request: TreeRequest, ports: TreePorts): Promise<TreeResult> {
  return new TreeCheck(request, ports).result()
}

class TreeCheck {
  readonly #request: TreeRequest
  readonly #ports: TreePorts
  readonly #files: YamlFiles
  readonly #ledger: Ledger
  readonly #run: Run
  readonly #account = openAccount()
  #governed: readonly Governed[] = []
  #refused = false
  /** Sources of which a fault is listed. */
  readonly #told = new Set<string | undefined>()
  /** Kustomization files that were checked, and whether they had errors. */
  readonly #checkedFiles = new Map<string, boolean>()

  constructor(request: TreeRequest, ports: TreePorts) {
    this.#request = request
    this.#ports = ports
    this.#files = openFiles(request.tree, request.limits)
    this.#ledger = openLedger(ports.silencer(this.#files))
    this.#run = new Run(request, this.#ledger)
  }

  async result(): Promise<TreeResult> {
    const { tree, paths, ignore } = this.#request
    const selection = select(tree, paths, ignore)
    const scouted = scout(this.#files)
    this.#governed = scouted.governed
    for (const crd of scouted.crds) this.#run.define(crd)
    const found = discover(this.#files, openGraph(this.#files, this.#request.native), selection.files, selection.named)
    const sources = shardOf(found, this.#request.shard, (folder, is) => this.#destination(folder, is).key)

    const sound = this.#reportFaults(sources)
    await this.#render(sound.kustomizations, sound.charts)
    await this.#run.settle()
    const plainResources = await this.#checkPlain(sources.plain)
    this.#reportDuplicates()

    const rendered = sources.kustomizations.length + sources.charts.filter((chart) => !chart.isLibrary).length
    return {
      findings: this.#ledger.findings,
      silenced: this.#ledger.silenced,
      coverage: this.#run.coverage.rows(),
      totals: this.#run.coverage.totals,
      minors: this.#run.coverage.minors,
      resources: this.#run.coverage.resources,
      sources: rendered + (plainResources > 0 ? 1 : 0),
      files: selection.files.size,
      leftToOthers: countOf(found) - countOf(sources),
      account: this.#account,
      skippedFiles: new Map([...selection.skipped, ...skippedBelow(tree, paths)]),
      accounted: sources.accounted,
      refused: this.#refused,
      failed: this.#run.failed,
    }
  }

  /** What the static scan refuses or finds broken is reported once, however many sources meet it. */
  #reportFaults(sources: Sources): { kustomizations: Scan[]; charts: Chart[] } {
    const reported = new Map<string, string>()
    for (const scan of sources.kustomizations) {
      for (const kustomization of scan.kustomizations)
        checkKustomizationFile(kustomization, this.#ledger, this.#checkedFiles)
      for (const fault of scan.faults) {
        const key = `${fault.rule} ${fault.place.file}:${fault.place.line}:${fault.place.column}`
        const message = reported.get(key) ?? fault.message
        reported.set(key, message)
        this.#fault({ rule: fault.rule, message, ...fault.place, source: scan.root.folder || '.' })
      }
      if (scan.faults.length > 0 && !this.#isTold(scan.root.folder)) this.#skip(scan.root.folder, KUSTOMIZATION)
    }
    const charts = sources.charts.filter((chart) => {
      const { allowRemote = false } = this.#request.native ?? {}
      const refused = chart.lacking.filter(({ unsafe }) => !allowRemote || unsafe !== undefined)
      for (const { name, place, unsafe } of refused) {
        const why = allowRemote ? `and ${unsafe}` : 'so it would be downloaded'
        const message = `The chart depends on ${name}, which is not vendored under charts/, ${why}.`
        const help =
          'Commit what helm dependency build puts into charts/, or render with --renderer native --allow-remote.'
        this.#fault({ rule: 'render/refused', message, help, ...place, source: chart.folder || '.' })
      }
      if (refused.length > 0 && !this.#isTold(chart.folder)) this.#skip(chart.folder, CHART)
      return refused.length === 0 && !chart.isLibrary
    })
    return { kustomizations: sources.kustomizations.filter((scan) => scan.faults.length === 0), charts }
  }

  #fault(finding: Parameters<Ledger['add']>[0]): void {
    if (this.#ledger.add(finding) === undefined) return
    this.#told.add(finding.source)
    if (finding.rule === 'render/refused') this.#refused = true
  }

  /** Whether anything was said about why a source is not rendered. */
  #isTold(folder: string): boolean {
    return this.#told.has(folder || '.')
  }

  /** A source that is not rendered, and the reason silenced, counts as one resource that was skipped. */
  #skip(folder: string, type: { apiVersion: string; kind: string }): void {
    const minor = this.#request.minorOf(this.#request.environmentOf(folder))
    this.#run.coverage.count({
      ...type,
      minor,
      standing: 'skipped',
      reason: 'not rendered, and the finding is silenced',
    })
  }

  async #render(kustomizations: readonly Scan[], charts: readonly Chart[]): Promise<void> {
    const total = kustomizations.length + charts.length
    if (total === 0) return
    const { engine } = this.#request
    const engines = this.#ports.startEngines(renderInputs(this.#files, kustomizations, charts), engine)
    let done = 0
    const advance = (what: string) => this.#ports.progress(++done, total, what)
    try {
      // A few more than there are workers wait, so that none is idle while this thread checks what was rendered.
      await pMap(
        [...kustomizations.map((scan) => ({ scan })), ...charts.map((chart) => ({ chart }))],
        async (each) => {
          if ('scan' in each) await this.#renderKustomization(engines, each.scan)
          else await this.#renderChart(engines, each.chart)
          advance('scan' in each ? each.scan.root.folder : each.chart.folder)
        },
        { concurrency: engine.workers * 12 },
      )
    } finally {
      await engines.close()
    }
  }

  async #renderKustomization(engines: Engines, scan: Scan): Promise<void> {
    const folder = scan.root.folder
    const underFlux = governorOf(this.#governed, folder)?.operator === 'flux'
    const loadRestrictor = this.#request.unrestricted || underFlux ? 'none' : 'root-only'
    const rendered = await renderKustomization(this.#files, engines, scan, loadRestrictor)
    // kustomize would say once more, without a place, what is wrong with a kustomization file.
    if (!rendered.ok && scan.kustomizations.some(({ file }) => this.#checkedFiles.get(file))) return
    await this.#take(
      rendered,
      folder,
      this.#belonging(folder, 'source', () => true),
    )
  }

  async #renderChart(engines: Engines, chart: Chart): Promise<void> {
    const written = writtenIn(this.#files, chartFiles(this.#files, chart))
    const belonging = this.#belonging(chart.folder, 'source', written)
    const cluster = {
      namespace: belonging.destination.namespace ?? 'default',
      kubeVersion: `${belonging.minor}.0`,
      apiVersions: [...this.#request.apis.catalog.apiVersions(belonging.minor)],
    }
    await this.#take(await renderChart(this.#files, engines, chart, cluster), chart.folder, belonging)
  }

  async #take(rendered: RenderedSource, folder: string, belonging: Belonging): Promise<void> {
    const source = folder || '.'
    if (!rendered.ok) {
      this.#fault({ ...rendered.fault, source })
      if (!this.#isTold(folder)) this.#skip(folder, rendered.fault.rule === 'render/helm' ? CHART : KUSTOMIZATION)
      return
    }
    for (const { text, trace } of rendered.texts) await this.#checkRendered(text, source, trace, belonging)
  }

  async #checkRendered(text: string, source: string, trace: Trace, belonging: Belonging): Promise<void> {
    for (const { resource, faulty } of readRendered(text, source, trace, this.#request.limits, this.#ledger)) {
      await this.#run.addRendered(resource, faulty, belonging)
    }
  }

  async #checkPlain(plain: readonly string[]): Promise<number> {
    let resources = 0
    const belongings = new Map<string, Belonging>()
    for (const [index, file] of plain.entries()) {
      const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')))
      const belonging = belongings.get(folder) ?? this.#belonging(folder, 'plain', () => true)
      belongings.set(folder, belonging)
      for (const { resource, faulty } of readPlain(this.#files, file, this.#ledger, this.#account)) {
        resources++
        await this.#run.check(resource, faulty, belonging)
      }
      if (index % 500 === 499) this.#ports.progress(index + 1, plain.length, 'files')
    }
    return resources
  }

  #destination(folder: string, is: 'source' | 'plain'): Destination {
    const otherwise = is === 'plain' ? 'plain manifests' : `source ${folder || '.'}`
    return destinationOf(folder, this.#request.environmentOf(folder), this.#governed, otherwise)
  }

  #belonging(folder: string, is: 'source' | 'plain', isWritten: (value: string) => boolean): Belonging {
    return {
      minor: this.#request.minorOf(this.#request.environmentOf(folder)),
      destination: this.#destination(folder, is),
      substituted: this.#governed.some((each) => each.substituted && governorOf([each], folder) !== undefined),
      isWritten,
    }
  }

  #reportDuplicates(): void {
    for (const { later, earlier } of this.#run.destinations.duplicates()) {
      if (earlier.file === later.at.file && earlier.line === later.at.line && earlier.column === later.at.column)
        continue
      const { kind, name } = later.resource
      this.#ledger.add({
        rule: 'resource/duplicate',
        message: `${kind} ${name} is already defined at ${earlier.file}:${earlier.line}:${earlier.column}; only one of them can stand.`,
        ...later.at,
        source: later.source,
        resource: later.resource,
        path: ['metadata', 'name'],
      })
    }
  }
}

const KUSTOMIZATION = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }
const CHART = { apiVersion: 'v2', kind: 'Chart' }

function countOf({ kustomizations, charts, plain }: Sources): number {
  return kustomizations.length + charts.length + plain.length
}

/** What the tree left out of what a run looks at; what is no manifest by its name needs no telling. */
function skippedBelow(tree: Tree, paths: readonly string[]): [path: string, reason: string][] {
  return [...tree.skipped].filter(
    ([path]) => (isCandidate(path) || path.endsWith('/')) && paths.some((folder) => isWithin(path, folder)),
  )
}
