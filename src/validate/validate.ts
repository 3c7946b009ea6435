import { tmpdir } from 'node:os'
import { environmentFinder } from '../config/path-environment.ts'
import type { Config } from '../config/schema.ts'
import type { EngineOptions, Engines } from '../engine/engines.ts'
import { openNativeRenderer } from '../engine/native.ts'
import type { HttpGet } from '../kubernetes/http.ts'
import type { ValidateReport } from '../report/report.ts'
import { changedLines, type LineRange, renamedFiles } from '../repository/changes.ts'
import { readCheckout } from '../repository/checkout.ts'
import { withinLimit } from '../repository/file-limit.ts'
import { openGit } from '../repository/git.ts'
import type { Run as RunProcess } from '../repository/process.ts'
import { findScope, type Scope } from '../repository/scope.ts'
import { createTree, type Tree } from '../repository/tree.ts'
import { readWorktree } from '../repository/worktree.ts'
import { openFiles } from '../source/files.ts'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import { type Base, openBase } from './base.ts'
import { checkTree, type TreeRequest, type TreeResult } from './check-tree.ts'
import { configInForce } from './configuration.ts'
import { hideSecrets, type SourceLine } from './hide-secrets.ts'
import type { ValidateInputs } from './inputs.ts'
import { openJudges } from './judges.ts'
import { accountNotes, policyNotes } from './notes.ts'
import { buildReport, isUnchecked } from './report.ts'
import { createSilencer, lineReader } from './silencer.ts'

/** What `validate` needs of the world. */
export interface ValidatePorts {
  workingDirectory: string
  environment: Readonly<Record<string, string | undefined>>
  run: RunProcess
  get: HttpGet
  /** May end early, once there are more than `most` bytes. */
  readStandardInput(most: number): Promise<Uint8Array>
  startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines
  processors: number
  log: {
    note(message: string): void
    detail(message: string): void
    progress(done: number, total: number, what: string): void
  }
}

/** The report, and what its views need besides. */
export interface Validated {
  report: ValidateReport
  /** What else there is to say: what was passed over, and why. */
  notes: string[]
  sourceLine: SourceLine
  /** With a base: the lines that the change touches. */
  changed: ReadonlyMap<string, readonly LineRange[]>
}

/** Checks the manifests below the PATHs, and with a base also those of the base, to tell what is new. */
export async function validate(inputs: ValidateInputs, ports: ValidatePorts): Promise<Validated> {
  const fromStandardInput = inputs.paths[0] === '-'
  const scope = findScope(ports.workingDirectory, fromStandardInput ? [] : inputs.paths)
  const git = scope.versioned ? openGit(scope.root, ports.run, ports.environment) : undefined
  const base = inputs.base === undefined ? undefined : await openBase(git, inputs.base)

  const limits = { ...DEFAULT_YAML_LIMITS }
  const worktree = await readWorktree(scope.root, git, limits, scope.paths)
  const named =
    inputs.config === undefined ? undefined : { file: inputs.config, workingDirectory: ports.workingDirectory }
  const { config, findings } = await configInForce(worktree, base, named)
  // The configuration lies in the tree whose files it limits: what it says counts for all that is read after it.
  limits.file = config.limits.yaml.file
  const judges = openJudges(inputs, config, ports)
  for (const notice of judges.notices) ports.log.note(notice)

  const tree = fromStandardInput ? await standardInput(ports, limits.file) : worktree
  const paths = fromStandardInput ? ['-'] : scope.paths
  const request = treeRequest(tree, paths, inputs, config, judges, ports)
  const startEngines = chooseRenderer(inputs, scope, ports)
  const rendering = { ...ports, startEngines }
  const result = await check(request, config, rendering)
  const baseResult = base && (await checkBase(base, request, scope, config, rendering))

  const renamed = base ? await renamedFiles(base.git, base.revision) : new Map<string, string>()
  const report = buildReport(result, baseResult, findings, judges.minor(undefined), renamed)
  for (const warning of judges.failures()) ports.log.note(warning)
  const unchecked = isUnchecked(report) && result.leftToOthers === 0 && !inputs.allowEmpty
  return {
    report: unchecked ? { ...report, outcome: 'invalid' } : report,
    notes: [...policyNotes(config), ...accountNotes(result, unchecked, inputs)],
    sourceLine: hideSecrets(lineReader(openFiles(tree, request.limits)), report.findings),
    changed: base ? await changedLines(base.git, base.revision) : new Map(),
  }
}

/** What is inside, or with `--renderer native` the tools of PATH; both revisions are rendered by the same. */
function chooseRenderer(inputs: ValidateInputs, scope: Scope, ports: ValidatePorts): ValidatePorts['startEngines'] {
  if (inputs.renderer === 'embedded') return ports.startEngines
  const { environment, startEngines, log } = ports
  const { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary } = environment
  return openNativeRenderer({
    environment,
    workspaces: workspace ? [scope.root, workspace] : [scope.root],
    temporary: temporary || tmpdir(),
    allowRemote: inputs.allowRemote,
    note: log.note,
    startEmbedded: startEngines,
  })
}

function check(request: TreeRequest, config: Config, ports: ValidatePorts): Promise<TreeResult> {
  return checkTree(request, {
    startEngines: ports.startEngines,
    silencer: (files) => createSilencer(config, files),
    progress: ports.log.progress,
  })
}

async function checkBase(
  base: Base,
  request: TreeRequest,
  scope: Scope,
  config: Config,
  ports: ValidatePorts,
): Promise<TreeResult> {
  const { tree } = await readCheckout(base.git, base.revision, request.limits)
  // All of it, whatever the shard: what the change adds or removes deals the base's sources out to other shards.
  return check({ ...request, tree, paths: scope.paths, shard: undefined }, config, ports)
}

function treeRequest(
  tree: Tree,
  paths: readonly string[],
  inputs: ValidateInputs,
  config: Config,
  judges: ReturnType<typeof openJudges>,
  ports: ValidatePorts,
): TreeRequest {
  const { limits, validate } = config
  return {
    tree,
    paths,
    ignore: [...inputs.ignore, ...validate.ignore],
    skip: new Set([...inputs.skip, ...validate.skip]),
    unvalidated: inputs.unvalidated ?? validate.unvalidated ?? 'warning',
    limits: limits.yaml,
    engine: { workers: Math.max(1, ports.processors), ...limits.render },
    native: inputs.renderer === 'native' ? { allowRemote: inputs.allowRemote } : undefined,
    unrestricted: validate.loadRestrictor === 'none',
    environmentOf: environmentFinder(config),
    minorOf: (environment) => judges.minor(environment?.kubernetes),
    apis: judges.apis,
    locate: judges.locate,
    define: judges.define,
    shard: inputs.shard,
  }
}

async function standardInput({ readStandardInput }: ValidatePorts, limit: number): Promise<Tree> {
  const read = withinLimit(await readStandardInput(limit), limit)
  return createTree(['-'], () => read)
}
