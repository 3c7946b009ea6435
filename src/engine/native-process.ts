import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { residentMemory } from './native-memory.ts'

export interface ProcessLimits {
  /** At most this many processes at a time; the others wait. */
  workers: number
  /** Milliseconds for one process. */
  deadline: number
  /** Bytes that one process may print. */
  output: number
  /** Bytes that one process, with what it starts, may hold in memory; watched on Linux only. */
  memory: number
}

/** How a tool ended. */
export type Ending =
  | { kind: 'exited'; code: number; stdout: string; stderr: string }
  | { kind: 'deadline' | 'output' | 'memory' | 'closed' }
  | { kind: 'killed'; signal: string }
  | { kind: 'unstartable'; cause: Error }

export interface ToolProcesses {
  /** Runs a program without a shell and without input. Never rejects. */
  run(program: string, args: readonly string[], options: { cwd: string; env: Record<string, string> }): Promise<Ending>
  /** Ends all processes with everything they started; what is asked for later is not started. Resolves when all ended. */
  kill(): Promise<void>
}

/** What is kept of what a process says on standard error; it goes on, unlike one that prints too much. */
const STDERR_LIMIT = 256 * 1024

/** Milliseconds between two looks at a process' memory; most processes are done before the first. */
const WATCH_INTERVAL = 250

type Child = ChildProcessByStdio<null, Readable, Readable>

/** Runs tools, each in a process group of its own, so that nothing a tool starts outlives it. */
export function openProcesses(limits: ProcessLimits): ToolProcesses {
  const running = new Set<Child>()
  const waiting: (() => void)[] = []
  let busy = 0
  let closed = false

  async function run(...[program, args, options]: Parameters<ToolProcesses['run']>): Promise<Ending> {
    if (busy >= Math.max(1, limits.workers)) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy++
    try {
      return closed ? { kind: 'closed' } : await runOne(program, args, options)
    } finally {
      // The place goes straight to the next in line.
      const next = waiting.shift()
      if (next) next()
      else busy--
    }
  }

  function runOne(...[program, args, options]: Parameters<ToolProcesses['run']>): Promise<Ending> {
    return new Promise((resolve) => {
      const child = spawn(program, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
      running.add(child)
      const stdout = collect(child.stdout, limits.output, () => end({ kind: 'output' }))
      const stderr = collect(child.stderr, STDERR_LIMIT, () => {})
      const timer = setTimeout(() => end({ kind: 'deadline' }), limits.deadline)
      const watch = setInterval(() => {
        if (child.pid !== undefined && residentMemory(child.pid) > limits.memory) end({ kind: 'memory' })
      }, WATCH_INTERVAL)
      let ending: Ending | undefined
      function end(how: Ending): void {
        ending ??= how
        killGroup(child)
      }

      child.on('error', (cause) => end({ kind: 'unstartable', cause }))
      // What the tool left running would keep its pipes open, and `close` away.
      child.on('exit', () => killGroup(child))
      child.on('close', (code, signal) => {
        clearTimeout(timer)
        clearInterval(watch)
        running.delete(child)
        if (closed) resolve({ kind: 'closed' })
        else if (ending) resolve(ending)
        else if (code === null) resolve({ kind: 'killed', signal: signal ?? 'a signal' })
        else resolve({ kind: 'exited', code, stdout: stdout(), stderr: stderr() })
      })
    })
  }

  return {
    run,
    async kill() {
      closed = true
      const ended = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)))
      for (const child of running) killGroup(child)
      await Promise.all(ended)
    },
  }
}

/** Keeps what a stream says up to a limit, and tells when there is more. */
function collect(stream: Readable, limit: number, exceeded: () => void): () => string {
  const chunks: Buffer[] = []
  let size = 0
  stream.on('data', (chunk: Buffer) => {
    if (size + chunk.length > limit) exceeded()
    else chunks.push(chunk)
    size += chunk.length
  })
  return () => Buffer.concat(chunks).toString('utf8')
}

function killGroup(child: Child): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // No process of the group is left (or, as macOS says it, none but a finished one).
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
