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
  /** A further clone, as another job has it. */
  newClone(): string
  /** Runs a committed action in the clone, with the workflow's token, unless others are given. */
  act(inputs?: Record<string, string>, options?: ActOptions): Promise<Acted>
  /** The files of a branch that differ from the base: path → text. */
  changed(branch: string): Record<string, string>
  git(...args: string[]): string
  /** Makes a milestone, in a call of its own. */
  addMilestone(title: string): Promise<void>
  close(): Promise<void>
}

export interface ActOptions {
  action?: 'promote' | 'rollback'
  clone?: string
  token?: string
  env?: Record<string, string>
  signal?: AbortSignal
}

export interface Acted extends Ran {
  outputs: Record<string, string>
  summary: string
}

/** When every world begins, so that first commits are the same in all. */
export const EPOCH = Date.UTC(2026, 0, 5, 8)

export async function promoteWorld(options: Options): Promise<PromoteWorld> {
  const github = await startGitHub({ now: clockFrom(EPOCH), ...options })
  const clones: string[] = []
  const newClone = () => {
    const folder = mkdtempSync(join(tmpdir(), 'gitops-promote-'))
    clones.push(folder)
    // With `file:` nothing has to be served for it, so that no call of the test's own is counted.
    execFileSync('git', ['clone', '--quiet', '--no-hardlinks', `file://${github.directory}`, folder])
    return folder
  }
  const clone = newClone()
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', github.directory, ...args], { encoding: 'utf8', stdio: 'pipe' })
  return {
    github,
    clone,
    newClone,
    git,
    async act(inputs = {}, options = {}) {
      const { action = 'promote', clone: cwd = clone, token = github.token, env = {}, signal } = options
      const scratch = mkdtempSync(join(tmpdir(), 'gitops-runner-'))
      const file = (name: string) => join(scratch, name)
      try {
        const ran = await runAction(action, {
          cwd,
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
    async addMilestone(title) {
      const { GITHUB_API_URL, GITHUB_REPOSITORY } = github.env()
      const answer = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/milestones`, {
        method: 'POST',
        headers: { authorization: `Bearer ${github.token}` },
        body: JSON.stringify({ title }),
      })
      if (answer.status !== 201) throw new Error(`no milestone: ${answer.status} ${await answer.text()}`)
    },
    async close() {
      for (const folder of clones) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
      await github.close()
    },
  }
}

function clockFrom(start: number): () => Date {
  let first: number | undefined
  return () => {
    first ??= Date.now()
    return new Date(start + Date.now() - first)
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
