import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs the committed command line as a user would: a process of its own, with nothing of ours in its environment. */
export function gitops(
  args: readonly string[],
  options: { cwd: string; input?: string; env?: Record<string, string> },
): Promise<Ran> {
  return run([join(ROOT, 'bin', 'gitops.js'), ...args], options)
}

/** Runs a committed action with inputs as the runner passes them. */
export function runAction(
  name: string,
  options: { cwd: string; inputs: Record<string, string>; env?: Record<string, string>; signal?: AbortSignal },
): Promise<Ran> {
  const inputs = Object.entries(options.inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])
  const env = { GITHUB_ACTIONS: 'true', ...Object.fromEntries(inputs), ...options.env }
  const { cwd, signal } = options
  return run([join(ROOT, 'actions', name, 'index.js')], { cwd, env, ...(signal && { signal }) })
}

/** A signal kills the process as the runner does at last: without a word. */
function run(
  args: string[],
  options: { cwd: string; input?: string; env?: Record<string, string>; signal?: AbortSignal },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH ?? '', HOME: options.cwd, ...options.env }
    const child = spawn(process.execPath, args, { cwd: options.cwd, env })
    options.signal?.addEventListener('abort', () => child.kill('SIGKILL'))
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }))
    child.stdin.end(options.input ?? '')
  })
}
