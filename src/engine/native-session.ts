import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineFailure, EngineOptions } from './engines.ts'
import { type Printed, readEnding } from './native-answer.ts'
import { buildDependencies, repositoryAdder } from './native-dependencies.ts'
import { toolEnvironment } from './native-environment.ts'
import { gitAllowance, guardScript, helmAllowance } from './native-guard.ts'
import { cleanUpEarly } from './native-interrupt.ts'
import { openProcesses, type ProcessLimits } from './native-process.ts'
import type { RendererName, Toolbox } from './native-tools.ts'
import { makeWorkplace, type Workplace } from './native-workplace.ts'

/** What the tools run in: a temporary folder, an environment, and limits. */
export interface NativeSession {
  readonly place: Workplace
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The absolute path of a tool; a `Refusal` where it is missing. */
  use(name: RendererName): Promise<string>
  has(name: RendererName): boolean
  /** Whether any file speaks of charts for kustomize to inflate. */
  inflatesCharts(): boolean
  /** Fetches what a chart lacks, once and where that is allowed. */
  completeChart(chart: string): Promise<EngineFailure | undefined>
  /** Runs a tool. `title` names it in messages, e.g. `kustomize build envs/dev`. */
  run(title: string, program: string, args: readonly string[]): Promise<Printed>
  /** Ends what is running and removes the folder. */
  close(): Promise<void>
}

export interface SessionSettings {
  environment: Readonly<Record<string, string | undefined>>
  /** Where temporary files go; outside the repository. */
  temporary: string
  /** Whether the tools may fetch what kustomizations and charts name. */
  allowRemote: boolean
  tools: Toolbox
}

/** Node keeps a string below half a GiB, and the reader of the output copies it. */
const OUTPUT_LIMIT = 256 * 1024 * 1024

/** `helmCharts`, or the kind of the generator behind it, however kustomize lets them be capitalised. */
const CHART_FIELD = /helmchart/i

/** Lays the files out for the tools. Call `close`; being interrupted or ending early cleans up as well. */
export function openSession(
  files: ReadonlyMap<string, Uint8Array>,
  options: EngineOptions,
  settings: SessionSettings,
): NativeSession {
  const { allowRemote, tools } = settings
  const place = makeWorkplace(settings.temporary, files)
  for (const [name, allowance] of [
    ['helm', helmAllowance(allowRemote)],
    ['git', gitAllowance(allowRemote)],
  ] as const) {
    const tool = tools.find(name) ?? join(place.bin, 'missing', name)
    writeFileSync(join(place.bin, name), guardScript(tool, allowance), { mode: 0o700 })
  }
  const limits: ProcessLimits = { ...options, output: Math.min(OUTPUT_LIMIT, options.memory) }
  const processes = openProcesses(limits)
  const env = toolEnvironment(settings.environment, {
    path: [place.bin, ...tools.folders],
    home: place.home,
    temporary: place.temporary,
    allowRemote,
  })

  const completed = cleanUpEarly(() => {
    void processes.kill()
    place.remove()
  })
  const run: NativeSession['run'] = async (title, program, args) => {
    const ending = await processes.run(program, args, { cwd: place.start, env })
    return readEnding(title, ending, limits, place.relative)
  }
  const versionOf = async (tool: string, args: readonly string[]) => {
    const printed = await run(`${tool} ${args.join(' ')}`, tool, args)
    return printed.ok ? printed.text : ''
  }
  let inflates: boolean | undefined
  const charts = new Map<string, Promise<EngineFailure | undefined>>()
  const session: NativeSession = {
    place,
    files,
    run,
    use: (name) => tools.use(name, versionOf),
    has: (name) => tools.find(name) !== undefined,
    inflatesCharts() {
      inflates ??= [...files.values()].some((content) => CHART_FIELD.test(Buffer.from(content).toString('latin1')))
      return inflates
    },
    completeChart(chart) {
      if (allowRemote && !charts.has(chart)) charts.set(chart, buildDependencies(chart, session, addRepository))
      return charts.get(chart) ?? Promise.resolve(undefined)
    },
    async close() {
      await processes.kill()
      place.remove()
      completed()
    },
  }
  const addRepository = repositoryAdder(session)
  return session
}
