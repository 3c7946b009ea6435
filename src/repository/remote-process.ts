import { spawn } from 'node:child_process'
import { formatDuration } from '../report/duration.ts'
import type { Run } from './process.ts'

/** The exit code of what took too long, as `timeout` has it. */
export const TOO_LONG = 124

/**
 * A `Run` whose programs end at a deadline (milliseconds), together with everything that they started: Git leaves the
 * network to helpers, which would outlive it. What is interrupted takes them along.
 */
export function runInGroup(deadline: number): Run {
  return (program, args, { cwd, env, input }) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd, env: env as NodeJS.ProcessEnv, detached: true, stdio: 'pipe' })
      const stdout: Buffer[] = []
      const stderr: Buffer[] = []
      let late = false
      const end = () => killGroup(child.pid)
      const release = endEarly(end)
      const timer = setTimeout(() => {
        late = true
        end()
      }, deadline)
      const settled = () => {
        clearTimeout(timer)
        release()
      }
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
      // A helper that goes on would keep the pipes open, and `close` away.
      child.on('exit', end)
      child.on('error', (error) => {
        settled()
        reject(error)
      })
      child.on('close', (code) => {
        settled()
        const said = Buffer.concat(stderr).toString('utf8')
        resolve({
          code: late ? TOO_LONG : (code ?? 1),
          stdout: Buffer.concat(stdout),
          stderr: late ? `fatal: no end after ${formatDuration(deadline)}\n${said}` : said,
        })
      })
      // A child that ends before it has read its input is judged by its exit code, not by EPIPE.
      child.stdin.on('error', () => {})
      child.stdin.end(input)
    })
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    // No process of the group is left (or, as macOS says it, none but a finished one).
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** In a group of its own a program does not hear the terminal, so it is ended when we are. */
function endEarly(end: () => void): () => void {
  const interrupted = (signal: NodeJS.Signals) => {
    end()
    release()
    process.kill(process.pid, signal)
  }
  const release = () => {
    process.off('exit', end)
    for (const signal of SIGNALS) process.off(signal, interrupted)
  }
  process.on('exit', end)
  for (const signal of SIGNALS) process.on(signal, interrupted)
  return release
}
