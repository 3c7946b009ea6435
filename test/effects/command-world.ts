import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BLANK, settleInAction } from '../../src/action/settle.ts'
import { runAction } from '../../src/action/wrapper.ts'
import { runCli } from '../../src/cli.ts'
import { promotionOf } from '../../src/commands/promote.ts'
import type { World } from '../../src/commands/world.ts'
import { PROMOTE_FLAGS, readPromoteInputs } from '../../src/inputs/promote.ts'
import { createHttpGet } from '../../src/kubernetes/http.ts'
import { createSink } from '../../src/report/sink.ts'
import { runProcess } from '../../src/repository/process.ts'

export interface Told {
  code: number
  stdout: string
  stderr: string
  summary: string
  /** The runner's file of outputs. */
  outputs: string
}

/** The command line in this process, as it would run in `directory`. */
export async function command(
  args: readonly string[],
  directory: string,
  environment: Record<string, string> = {},
  input = '',
): Promise<Told> {
  const readStandardInput = async () => Buffer.from(input)
  return inWorld(directory, environment, (world) => runCli(args, { ...world, readStandardInput }))
}

/** The promote action in this process. */
export async function promoteAction(
  inputs: Record<string, string>,
  directory: string,
  environment: Record<string, string>,
): Promise<Told> {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const all = { GITHUB_ACTIONS: 'true', ...Object.fromEntries(given), ...environment }
  return inWorld(directory, all, async (outer) => {
    const act = (world: World) =>
      settleInAction('Promote', PROMOTE_FLAGS, world, (values) => {
        const { request, ...rest } = readPromoteInputs(values, [], true)
        return { inputs: rest, errand: promotionOf(request, world) }
      })
    const before = process.exitCode
    await runAction(outer, act, BLANK)
    const code = Number(process.exitCode ?? 0)
    process.exitCode = before
    return code
  })
}

async function inWorld(
  directory: string,
  environment: Record<string, string>,
  act: (world: World) => Promise<number>,
): Promise<Told> {
  const scratch = mkdtempSync(join(tmpdir(), 'gitops-runner-'))
  const [stdout, stderr] = [[] as string[], [] as string[]]
  const file = (name: string) => join(scratch, name)
  const files = { GITHUB_OUTPUT: file('output'), GITHUB_STEP_SUMMARY: file('summary'), RUNNER_TEMP: scratch }
  const inActions = environment.GITHUB_ACTIONS === 'true'
  const sleep = async () => {}
  try {
    const code = await act({
      workingDirectory: directory,
      environment: { PATH: process.env.PATH, HOME: scratch, ...environment, ...(inActions && files) },
      sink: createSink({
        stdout: { write: (text) => stdout.push(text) },
        stderr: { write: (text) => stderr.push(text) },
        ...{ inActions, colour: false, verbose: false },
      }),
      run: runProcess,
      get: createHttpGet({ sleep }),
      readStandardInput: async () => new Uint8Array(),
      writeFile: (path, text) => writeFileSync(path, text),
      processors: 1,
      now: Date.now,
      sleep,
      random: () => 0,
    })
    const read = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '')
    return { code, stdout: stdout.join(''), stderr: stderr.join(''), summary: read('summary'), outputs: read('output') }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** A clone as actions/checkout leaves one, of one commit unless `depth` is 0. */
export function cloneOf(repository: string, depth = 1): string {
  const folder = mkdtempSync(join(tmpdir(), 'gitops-clone-'))
  const shallow = depth === 0 ? [] : [`--depth=${depth}`]
  execFileSync('git', ['clone', '--quiet', ...shallow, `file://${repository}`, folder])
  return folder
}
