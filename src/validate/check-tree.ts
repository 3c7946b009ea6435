import type { EngineOptions, Engines } from '../engine/engines.ts'
import type { Finding } from '../report/finding.ts'
import type { CoverageRow } from '../report/report.ts'
import { isWithin } from '../repository/path.ts'
import type { Tree } from '../repository/tree.ts'
import { discover, type Sources } from '../source/discover.ts'
import { openFiles, type YamlFiles } from '../source/files.ts'
import { openGraph } from '../source/graph.ts'
import { IdleImages } from '../source/idle-images.ts'
import { imageReplacements } from '../source/image-replacements.ts'
import type { NativeUse } from '../source/native-scan.ts'
import { scout } from '../source/scout.ts'
import { isCandidate, select } from '../source/selection.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { type Account, openAccount } from './account.ts'
import { Belongings, type Surroundings } from './belonging.ts'
import { checkPlain } from './check-plain.ts'
import { checkRendered } from './check-rendered.ts'
import { reportDuplicates } from './duplicates.ts'
import { openLedger, type Silencer } from './ledger.ts'
import { Run, type RunSettings } from './run.ts'
import { type Shard, shardOf } from './shard.ts'
import { SourceFaults } from './source-faults.ts'

/** One tree to check, and by what. */
export interface TreeRequest extends RunSettings, Surroundings {
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
  /** Entries of kustomizations' `images` that match nothing, a sentence each. */
  idleImages: readonly string[]
  /** By environment: sources that were not compared for duplicates. */
  variants: Run['destinations']['variants']
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
  const { tree, paths, ignore } = request
  const files = openFiles(tree, request.limits)
  const ledger = openLedger(ports.silencer(files))
  const run = new Run(request, ledger)
  const account = openAccount()
  const selection = select(tree, paths, ignore)
  const { crds, governed } = scout(files)
  for (const crd of crds) run.define(crd)
  const belongings = new Belongings(request, governed, imageReplacements(files))
  const found = discover(files, openGraph(files, request.native), selection.files, selection.named)
  const sources = shardOf(found, request.shard, (folder, is) => belongings.destination(folder, is).key)

  const faults = new SourceFaults(ledger, run.coverage, belongings)
  const sound = faults.report(sources, request.native?.allowRemote ?? false)
  const shared = { files, ledger, run, belongings, progress: ports.progress }
  const idleImages = new IdleImages()
  const endEngines = await checkRendered(sound, { ...shared, ...renderedBy(request, ports), faults, idleImages })
  let plainResources: number
  try {
    await run.settle()
    plainResources = await checkPlain(sources.plain, { ...shared, account })
    await reportDuplicates(run.destinations, ledger)
  } finally {
    await endEngines()
  }

  const rendered = sources.kustomizations.length + sources.charts.filter((chart) => !chart.isLibrary).length
  return {
    findings: ledger.findings,
    silenced: ledger.silenced,
    coverage: run.coverage.rows(),
    totals: run.coverage.totals,
    minors: run.coverage.minors,
    resources: run.coverage.resources,
    sources: rendered + (plainResources > 0 ? 1 : 0),
    files: selection.files.size,
    leftToOthers: countOf(found) - countOf(sources),
    account,
    skippedFiles: new Map([...selection.skipped, ...skippedBelow(tree, paths)]),
    accounted: sources.accounted,
    idleImages: idleImages.sentences(),
    variants: run.destinations.variants,
    refused: faults.refused,
    failed: run.failed,
  }
}

function renderedBy({ engine, unrestricted, apis }: TreeRequest, { startEngines }: TreePorts) {
  return { engine, unrestricted, startEngines, apiVersions: apis.catalog.apiVersions }
}

function countOf({ kustomizations, charts, plain }: Sources): number {
  return kustomizations.length + charts.length + plain.length
}

/** What the tree left out of what a run looks at; what is no manifest by its name needs no telling. */
function skippedBelow(tree: Tree, paths: readonly string[]): [path: string, reason: string][] {
  return [...tree.skipped].filter(
    ([path]) => (isCandidate(path) || path.endsWith('/')) && paths.some((folder) => isWithin(path, folder)),
  )
}
