import { Refusal } from '../report/failure.ts'
import type { Finished, Run } from './process.ts'

export interface GitOptions {
  input?: string | Uint8Array
  /** Variables for this command alone. */
  env?: Readonly<Record<string, string>>
}

/** Git in one repository. Hooks, file system monitors, text conversion and prompts are off. */
export interface Git {
  readonly root: string
  /** Standard output of a git command. Throws a `Refusal` with git's own words and the cure when it fails. */
  (args: readonly string[], options?: GitOptions): Promise<Buffer>
  /** The same, for commands whose exit code is an answer. */
  try(args: readonly string[], options?: GitOptions): Promise<Finished>
}

const QUIET = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false']

/** What git needs of the environment and nothing else: no token, no input, no GIT_DIR of a hook we may run in. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'XDG_CONFIG_HOME']

/** @param more what some commands need of the environment besides. */
export function openGit(
  root: string,
  run: Run,
  environment: Readonly<Record<string, string | undefined>>,
  more: Readonly<Record<string, string | undefined>> = {},
): Git {
  const env = {
    ...Object.fromEntries(PASSED_ON.map((name) => [name, environment[name]])),
    ...more,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
  }
  const attempt: Git['try'] = async (args, options = {}) => {
    try {
      return await run('git', [...QUIET, ...args], { cwd: root, env: { ...env, ...options.env }, input: options.input })
    } catch (error) {
      throw new Refusal('git could not be started; install it or put it on PATH.', { cause: error })
    }
  }
  const git = async (args: readonly string[], options?: GitOptions) => {
    const finished = await attempt(args, options)
    if (finished.code !== 0) throw gitFailure(args, finished.stderr)
    return finished.stdout
  }
  return Object.assign(git, { root, try: attempt })
}

function gitFailure(args: readonly string[], stderr: string): Refusal {
  const words = stderr.trim().split('\n')[0] ?? ''
  if (/dubious ownership/.test(stderr)) {
    return new Refusal(
      'git does not trust this folder because another user owns it; run: git config --global --add safe.directory "$PWD"',
    )
  }
  if (/lazy fetching disabled|from promisor remote/.test(stderr)) {
    return new Refusal('This clone was made with --filter and lacks files that are needed; fetch it without --filter.')
  }
  return new Refusal(`git ${args[0]} failed: ${words || 'it gave no reason'}`)
}
