import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitHub, type Options, startGitHub } from '../github/start.ts'
import { type Ran, runAction } from './gitops.ts'

/** A GitHub with a repository, and a clone as actions/checkout leaves one. */
export interface PromoteWorld {
  github: GitHub
  clone: string
  /** Runs a committed action there, with the workflow's token unless another is given. */
  act(inputs?: Record<string, string>, options?: ActOptions): Promise<Acted>
  /** The files of a branch that differ from the base: path → text. */
  changed(branch: string): Record<string, string>
  git(...args: string[]): string
  close(): Promise<void>
}

export interface ActOptions {
  action?: 'promote' | 'rollback'
  token?: string
  env?: Record<string, string>
  signal?: AbortSignal
}

export interface Acted extends Ran {
  outputs: Record<string, string>
  summary: string
}

export async function promoteWorld(options: Options): Promise<PromoteWorld> {
  const github = await startGitHub(options)
  const clone = mkdtempSync(join(tmpdir(), 'gitops-promote-'))
  // With `file:` nothing has to be served for it, so that no call of the test's own is counted.
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', `file://${github.directory}`, clone])
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', github.directory, ...args], { encoding: 'utf8', stdio: 'pipe' })
  return {
    github,
    clone,
    git,
    async act(inputs = {}, { action = 'promote', token = github.token, env = {}, signal } = {}) {
      const scratch = mkdtempSync(join(tmpdir(), 'gitops-runner-'))
      const file = (name: string) => join(scratch, name)
      try {
        const ran = await runAction(action, {
          cwd: clone,
          inputs: { token, ...inputs },
          env: {
            ...github.env(),
            GITHUB_EVENT_NAME: 'push',
            GITHUB_OUTPUT: file('output'),
            GITHUB_STEP_SUMMARY: file('summary'),
            RUNNER_TEMP: scratch,
            ...env,
          },
          ...(signal && { signal }),
        })
        return { ...ran, outputs: readOutputs(file('output')), summary: readIf(file('summary')) }
      } finally {
        rmSync(scratch, { recursive: true, force: true })
      }
    },
    changed(branch) {
      const names = git('diff', '--name-only', `main...${branch}`).split('\n').filter(Boolean)
      return Object.fromEntries(names.map((name) => [name, git('show', `${branch}:${name}`)]))
    },
    async close() {
      rmSync(clone, { recursive: true, force: true })
      await github.close()
    },
  }
}

/** `name<<delimiter`, as the runner reads the file. */
function readOutputs(path: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (const [, name = '', , value = ''] of readIf(path).matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)) {
    outputs[name] = value
  }
  return outputs
}

function readIf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Kustomizations of applications by environment: `{ staging: { web: 'v2' } }`. */
export function overlays(versions: Readonly<Record<string, Readonly<Record<string, string>>>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(versions).flatMap(([environment, apps]) =>
      Object.entries(apps).map(([app, tag]) => [`envs/${environment}/${app}/kustomization.yaml`, overlay(app, tag)]),
    ),
  )
}

export function overlay(app: string, tag: string): string {
  return `# ${app}\nresources:\n  - deployment.yaml\nimages:\n  - name: ghcr.io/acme/${app}\n    newTag: ${tag} # promoted\n`
}
