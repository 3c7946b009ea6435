import type { Engines, KustomizeRequest } from '../engine/engines.ts'
import type { Place, RuleId } from '../report/finding.ts'
import type { Chart } from './chart.ts'
import { placeOfHelmError, placeOfKustomizeError, toolMessage } from './failure-place.ts'
import type { YamlFiles } from './files.ts'
import type { Scan } from './graph.ts'
import { type Origin, traceKustomize } from './origin.ts'
import { traceChart } from './origin-chart.ts'
import { redact } from './redact.ts'
import { releaseName } from './release-name.ts'
import { chartFiles } from './render-inputs.ts'
import { locatedLater } from './render-origins.ts'

/** What a source rendered to, text by text, or the tool's own error and where it belongs. */
export type RenderedSource =
  | { ok: true; texts: RenderedText[] }
  | { ok: false; fault: Place & { rule: RuleId; message: string } }

export interface RenderedText {
  text: string
  /** Traces a rendered value back to the repository. */
  trace(value: Readonly<Record<string, unknown>>): Origin
  /** To be awaited before anything is traced. */
  locate?(): Promise<void>
}

/** What a chart is told of the cluster it is rendered for. */
export interface ChartCluster {
  namespace: string
  kubeVersion: string
  apiVersions: string[]
}

/** Builds a kustomization; where its resources come from is found out when somebody asks. */
export async function renderKustomization(
  files: YamlFiles,
  engines: Engines,
  scan: Scan,
  loadRestrictor: KustomizeRequest['loadRestrictor'],
): Promise<RenderedSource> {
  const request: KustomizeRequest = { path: scan.root.folder || '.', loadRestrictor }
  const rendered = await engines.kustomize({ ...request, origins: false })
  if (!rendered.ok) {
    const place = placeOfKustomizeError(scan, rendered.message)
    return {
      ok: false,
      fault: { rule: 'render/kustomize', message: toolMessage(redact(rendered.message, files, scan.files)), ...place },
    }
  }
  const texts = locatedLater(rendered.resources, engines, request).map(({ current, locate }) => ({
    text: current().text,
    trace: (value: Readonly<Record<string, unknown>>) => traceKustomize(files, scan.kustomizations, current, value),
    locate,
  }))
  return { ok: true, texts }
}

/** Renders a chart with its own values, CRDs included, as `helm template` would. */
export async function renderChart(
  files: YamlFiles,
  engines: Engines,
  chart: Chart,
  cluster: ChartCluster,
): Promise<RenderedSource> {
  const folder = chart.folder || '.'
  const rendered = await engines.helm({
    chart: folder,
    release: releaseName(chart.name),
    valuesFiles: [],
    includeCrds: true,
    ...cluster,
  })
  if (!rendered.ok) {
    const place = placeOfHelmError(files, chart.folder, rendered.message)
    const message = toolMessage(redact(rendered.message, files, chartFiles(files, chart)))
    return { ok: false, fault: { rule: 'render/helm', message, ...place } }
  }
  const texts = rendered.resources.map((document) => ({
    text: document.text,
    trace: (value: Readonly<Record<string, unknown>>) => traceChart(files, chart.folder, [], document.template, value),
  }))
  return { ok: true, texts }
}
