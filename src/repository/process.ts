import { spawn } from 'node:child_process'

/** What a finished process left: its exit code and captured output. Nothing of it is ever inherited by our streams. */
export interface Finished {
  code: number
  stdout: Buffer
  stderr: string
}

export interface RunOptions {
  cwd: string
  env: Readonly<Record<string, string | undefined>>
  input?: Uint8Array | string
  signal?: AbortSignal
}

/** Runs a program without a shell. Resolves with its exit code, whatever it is; rejects when it cannot be started. */
export type Run = (program: string, args: readonly string[], options: RunOptions) => Promise<Finished>

export const runProcess: Run = (program, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: options.signal,
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') }),
    )
    // A child that ends before it has read its input is judged by its exit code, not by EPIPE.
    child.stdin.on('error', () => {})
    child.stdin.end(options.input)
  })
