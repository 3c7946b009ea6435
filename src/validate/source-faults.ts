import type { Chart } from '../source/chart.ts'
import type { Sources } from '../source/discover.ts'
import type { Scan } from '../source/graph.ts'
import type { Belongings } from './belonging.ts'
import type { Coverage } from './coverage.ts'
import { checkKustomizationFile } from './kustomization-file.ts'
import type { Ledger, NewFinding } from './ledger.ts'

const TYPES = {
  kustomization: { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
  chart: { apiVersion: 'v2', kind: 'Chart' },
} as const

/** What keeps sources from being rendered; and a source that is not, whatever the reason, is counted. */
export class SourceFaults {
  readonly #ledger: Ledger
  readonly #coverage: Coverage
  readonly #belongings: Belongings
  /** Sources of which a fault is listed. */
  readonly #told = new Set<string | undefined>()
  /** Kustomization files that were checked, and whether they had errors. */
  readonly #checkedFiles = new Map<string, boolean>()
  #refused = false

  constructor(ledger: Ledger, coverage: Coverage, belongings: Belongings) {
    this.#ledger = ledger
    this.#coverage = coverage
    this.#belongings = belongings
  }

  /** Whether a source was refused and the refusal is not silenced. */
  get refused(): boolean {
    return this.#refused
  }

  /**
   * Reports what the static scan refuses or finds broken, once, however many sources meet it; answers what is left to
   * be rendered.
   */
  report(sources: Sources, allowRemote: boolean): { kustomizations: Scan[]; charts: Chart[] } {
    const reported = new Map<string, string>()
    for (const scan of sources.kustomizations) {
      for (const kustomization of scan.kustomizations)
        checkKustomizationFile(kustomization, this.#ledger, this.#checkedFiles)
      const faults = scan.faults.map(({ rule, place, ...fault }) => {
        const key = `${rule} ${place.file}:${place.line}:${place.column}`
        const message = reported.get(key) ?? fault.message
        reported.set(key, message)
        return { rule, message, ...place }
      })
      this.add(faults, scan.root.folder, 'kustomization')
    }
    const charts = sources.charts.filter((chart) => {
      const refused = refusedDependencies(chart, allowRemote)
      this.add(refused, chart.folder, 'chart')
      return refused.length === 0 && !chart.isLibrary
    })
    return { kustomizations: sources.kustomizations.filter((scan) => scan.faults.length === 0), charts }
  }

  /** Reports why a source is not rendered. With every reason silenced it counts as one resource that was skipped. */
  add(faults: readonly NewFinding[], folder: string, type: keyof typeof TYPES): void {
    const source = folder || '.'
    for (const fault of faults) {
      if (this.#ledger.add({ ...fault, source }) === undefined) continue
      this.#told.add(source)
      if (fault.rule === 'render/refused') this.#refused = true
    }
    if (faults.length === 0 || this.#told.has(source)) return
    this.#coverage.count({
      ...TYPES[type],
      minor: this.#belongings.minor(folder),
      standing: 'skipped',
      reason: 'not rendered, and the finding is silenced',
    })
  }

  /** Whether a kustomization file was found to have errors, which kustomize would say once more, without a place. */
  isFaulty(scan: Scan): boolean {
    return scan.kustomizations.some(({ file }) => this.#checkedFiles.get(file))
  }
}

function refusedDependencies(chart: Chart, allowRemote: boolean): NewFinding[] {
  return chart.lacking
    .filter(({ unsafe }) => !allowRemote || unsafe !== undefined)
    .map(({ name, place, unsafe }) => {
      const why = allowRemote ? `and ${unsafe}` : 'so it would be downloaded'
      return {
        rule: 'render/refused',
        message: `The chart depends on ${name}, which is not vendored under charts/, ${why}.`,
        help: 'Commit what helm dependency build puts into charts/, or render with --renderer native --allow-remote.',
        ...place,
      }
    })
}
