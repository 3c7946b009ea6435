import { environmentFinder } from '../config/path-environment.ts'
import type { Config } from '../config/schema.ts'
import type { Engines } from '../engine/engines.ts'
import { openCatalog } from '../kubernetes/catalog.ts'
import { resolveMinor } from '../kubernetes/catalog-minor.ts'
import type { Chart } from '../source/chart.ts'
import type { YamlFiles } from '../source/files.ts'
import { loadRestrictorOf } from '../source/load-restrictor.ts'
import { governorOf } from '../source/operator.ts'
import { type ChartCluster, type RenderedSource, renderChart, renderKustomization } from '../source/render.ts'
import { scout } from '../source/scout.ts'
import type { Source } from './side.ts'

/** For which cluster sources are rendered. */
export interface RenderSettings {
  config: Config
  /** Wins over the configuration. */
  kubernetesVersion?: string
}

export type Renderable = Exclude<Source, { kind: 'manifest' }>

/** Renders sources of one tree as `validate` does: by the objects of Flux and Argo CD that apply them. */
export function openRenderer(
  files: YamlFiles,
  engines: Engines,
  { config, kubernetesVersion }: RenderSettings,
): (source: Renderable) => Promise<RenderedSource> {
  const { governed } = scout(files)
  const environmentOf = environmentFinder(config)

  async function renderWith(values: readonly string[], chart: Chart): Promise<RenderedSource> {
    const version = kubernetesVersion ?? environmentOf(chart.folder)?.kubernetes ?? config.validate.kubernetes
    const cluster = clusterOf(version)
    if ('error' in cluster) return refused(chart, cluster.error)
    const namespace = governorOf(governed, chart.folder)?.namespace ?? 'default'
    const helm: Engines['helm'] = (request) => engines.helm({ ...request, valuesFiles: [...values] })
    return renderChart(files, { ...engines, helm }, chart, { namespace, ...cluster })
  }

  return async (source) => {
    if (source.kind === 'chart') return renderWith(source.values === undefined ? [] : [source.values], source.chart)
    const restrictor = loadRestrictorOf(source.scan.root.folder, governed, config.validate.loadRestrictor)
    return renderKustomization(files, engines, source.scan, restrictor)
  }
}

/** What charts are told of a cluster of this version. */
function clusterOf(version: string | undefined): Omit<ChartCluster, 'namespace'> | { error: string } {
  const catalog = openCatalog()
  const resolved = resolveMinor(version, catalog.minors)
  if ('error' in resolved) return resolved
  return { kubeVersion: `${resolved.minor}.0`, apiVersions: [...catalog.apiVersions(resolved.minor)] }
}

function refused({ folder }: Chart, message: string): RenderedSource {
  const file = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`
  return { ok: false, fault: { rule: 'render/helm', message, file, line: 1, column: 1 } }
}
