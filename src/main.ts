import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCli } from './cli.ts'
import type { World } from './commands/world.ts'
import { createHttpGet } from './kubernetes/http.ts'
import { createSink } from './report/sink.ts'
import { runProcess } from './repository/process.ts'

/** The world as Node gives it. A closed pipe (`| head`) is no failure. */
export function nodeWorld(verbose: boolean): World {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  return {
    workingDirectory: process.cwd(),
    environment: process.env,
    sink: createSink({
      stdout: process.stdout,
      stderr: process.stderr,
      inActions: process.env.GITHUB_ACTIONS === 'true',
      colour: wantsColour(),
      verbose,
    }),
    run: runProcess,
    get: createHttpGet({ sleep }),
    readStandardInput: (most) => readBeyond(process.stdin, most),
    writeFile: (path, text) => writeFileSync(path, text),
    processors: availableParallelism(),
    now: Date.now,
    sleep,
    random: Math.random,
  }
}

/** The command line. The exit code is set, never forced: what was written must reach its reader. */
export async function cli(): Promise<void> {
  const args = process.argv.slice(2)
  process.exitCode = await runCli(args, nodeWorld(args.includes('--verbose')))
}

/** Reads to the end, or until there are more than `most` bytes. */
async function readBeyond(stream: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > most) break
  }
  return Buffer.concat(chunks)
}

/** https://no-color.org, and a terminal. */
function wantsColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (NO_COLOR) return false
  return FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY === true
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
