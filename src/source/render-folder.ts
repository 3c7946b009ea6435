import type { Engines } from '../engine/engines.ts'
import { openCatalog } from '../kubernetes/catalog.ts'
import { readChart } from './chart.ts'
import { toolMessage } from './failure-place.ts'
import type { YamlFiles } from './files.ts'
import { openGraph } from './graph.ts'
import type { LoadRestrictor } from './load-restrictor.ts'

/** How a folder is rendered. */
export interface FolderTerms {
  loadRestrictor: LoadRestrictor
  /** For charts: paths of values files, relative to the repository root; later ones win. */
  valuesFiles: readonly string[]
  /** For charts: the Kubernetes minor they are told. May throw: a kustomization needs none. */
  minor(): string
}

/** The manifests of a kustomization or chart as the tools print them, or why there are none, a sentence each. */
export async function renderFolder(
  files: YamlFiles,
  engines: Engines,
  folder: string,
  terms: FolderTerms,
): Promise<{ text: string } | { failures: string[] }> {
  const name = folder || '.'
  const graph = openGraph(files)
  if (graph.at(folder)) {
    const { faults } = graph.scan(folder)
    if (faults.length > 0) {
      return { failures: faults.map(({ place, message }) => `${place.file}:${place.line}:${place.column} ${message}`) }
    }
    const result = await engines.kustomize({ path: name, loadRestrictor: terms.loadRestrictor, origins: false })
    if (!result.ok) return { failures: [`${name}: ${toolMessage(result.message)}`] }
    return { text: result.resources.map((resource) => resource.text).join('---\n') }
  }
  const chart = readChart(files, folder)
  if (!chart) return { failures: [`${name} is neither a kustomization nor a chart, so there is nothing to render.`] }
  const minor = terms.minor()
  const result = await engines.helm({
    chart: name,
    release: chart.name,
    namespace: 'default',
    valuesFiles: [...terms.valuesFiles],
    kubeVersion: `${minor}.0`,
    apiVersions: [...openCatalog().apiVersions(minor)],
    includeCrds: false,
  })
  if (!result.ok) return { failures: [`${name}: ${toolMessage(result.message)}`] }
  return { text: result.resources.map((document) => document.text).join('') }
}
