import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What a git command left: exit code and output. */
export interface Finished {
  code: number
  stdout: Buffer
  stderr: string
}

export interface GitOptions {
  input?: string | Uint8Array
  env?: Readonly<Record<string, string>>
}

/** Git in one bare repository, never synchronously: the server that answers its clone lives in this process. */
export interface Git {
  readonly directory: string
  /** Standard output without its last newline. Rejects with git's words when the command fails. */
  (args: readonly string[], options?: GitOptions): Promise<string>
  /** The same for commands whose exit code is an answer. */
  try(args: readonly string[], options?: GitOptions): Promise<Finished>
}

/** The developer's own configuration (signing, hooks, default branch) must not decide what a test sees. */
export const ISOLATED: Readonly<Record<string, string>> = {
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
}

export function openGit(directory: string): Git {
  const attempt: Git['try'] = async (args, { input, env } = {}) => {
    const child = spawn('git', [...args], { cwd: directory, env: { ...ISOLATED, ...env } })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin.on('error', () => {}) // git may end before it has read all; its exit code tells
    child.stdin.end(input)
    const [code] = await once(child, 'close')
    return { code: code ?? 1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }
  }
  const git = async (args: readonly string[], options?: GitOptions) => {
    const { code, stdout, stderr } = await attempt(args, options)
    if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code}: ${stderr.trim()}`)
    return stdout.toString().replace(/\n$/, '')
  }
  return Object.assign(git, { directory, try: attempt })
}
