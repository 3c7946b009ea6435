import pMap from 'p-map'
import type { EngineOptions, Engines } from '../engine/engines.ts'
import type { Chart } from '../source/chart.ts'
import type { YamlFiles } from '../source/files.ts'
import type { Scan } from '../source/graph.ts'
import type { IdleImages } from '../source/idle-images.ts'
import { type RenderedSource, renderChart, renderKustomization } from '../source/render.ts'
import { chartFiles, renderInputs, writtenIn } from '../source/render-inputs.ts'
import type { Belonging, Belongings } from './belonging.ts'
import type { Ledger } from './ledger.ts'
import { misstatedManifests } from './misstated.ts'
import { readRendered } from './rendered.ts'
import type { Run } from './run.ts'
import type { SourceFaults } from './source-faults.ts'
import { unreadableFiles } from './unreadable.ts'

/** What the rendered sources of a tree are checked with. */
export interface RenderedCheck {
  files: YamlFiles
  ledger: Ledger
  run: Run
  faults: SourceFaults
  belongings: Belongings
  engine: EngineOptions
  /** Whether kustomizations may read files outside their folder everywhere (`load-restrictor: none`). */
  unrestricted: boolean
  /** The apiVersions a minor serves, for Helm's `.Capabilities`. */
  apiVersions(minor: string): readonly string[]
  startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines
  idleImages: IdleImages
  progress(done: number, total: number, what: string): void
}

/**
 * Renders sources and checks what they render to. The engines are left running, since places of findings may be asked
 * for later; the answer ends them.
 */
export async function checkRendered(
  { kustomizations, charts }: { kustomizations: readonly Scan[]; charts: readonly Chart[] },
  check: RenderedCheck,
): Promise<() => Promise<void>> {
  const total = kustomizations.length + charts.length
  if (total === 0) return async () => {}
  const engines = check.startEngines(renderInputs(check.files, kustomizations, charts), check.engine)
  const sources = [
    ...kustomizations.map((scan) => ({
      folder: scan.root.folder,
      check: () => checkKustomization(scan, engines, check),
    })),
    ...charts.map((chart) => ({ folder: chart.folder, check: () => checkChart(chart, engines, check) })),
  ]
  let done = 0
  try {
    // A few more than there are workers wait, so that none is idle while this thread checks what was rendered.
    await pMap(
      sources,
      async (source) => {
        await source.check()
        check.progress(++done, total, source.folder)
      },
      { concurrency: check.engine.workers * 12 },
    )
  } catch (error) {
    await engines.close()
    throw error
  }
  return () => engines.close()
}

async function checkKustomization(scan: Scan, engines: Engines, check: RenderedCheck): Promise<void> {
  const { folder } = scan.root
  const loadRestrictor = check.unrestricted || check.belongings.isUnderFlux(folder) ? 'none' : 'root-only'
  const rendered = await renderKustomization(check.files, engines, scan, loadRestrictor)
  if (!rendered.ok) {
    if (check.faults.isFaulty(scan)) return
    for (const faultsIn of [unreadableFiles, misstatedManifests]) {
      const faults = faultsIn(scan, check.files)
      if (faults.length > 0) return check.faults.add(faults, folder, 'kustomization')
    }
  }
  const belonging = check.belongings.of(folder, 'kustomization', () => true)
  const watch = check.idleImages.watch(scan)
  await take(rendered, folder, belonging, check, watch?.see)
  if (rendered.ok) watch?.end()
}

async function checkChart(chart: Chart, engines: Engines, check: RenderedCheck): Promise<void> {
  const written = writtenIn(check.files, chartFiles(check.files, chart))
  const belonging = check.belongings.of(chart.folder, 'chart', written)
  const cluster = {
    namespace: belonging.destination.namespace ?? 'default',
    kubeVersion: `${belonging.minor}.0`,
    apiVersions: [...check.apiVersions(belonging.minor)],
  }
  await take(await renderChart(check.files, engines, chart, cluster), chart.folder, belonging, check)
}

async function take(
  rendered: RenderedSource,
  folder: string,
  belonging: Belonging,
  { files, ledger, run, faults }: RenderedCheck,
  see?: (resource: unknown) => void,
): Promise<void> {
  if (!rendered.ok)
    return faults.add([rendered.fault], folder, rendered.fault.rule === 'render/helm' ? 'chart' : 'kustomization')
  for (const text of rendered.texts) {
    for await (const { resource, faulty } of readRendered(text, folder || '.', files.limits, ledger)) {
      see?.(resource.value)
      await run.addRendered(resource, faulty, belonging)
    }
  }
}
