import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BaseTip, Branch, BranchChange } from '../../src/forge/forge.ts'
import { createExchange } from '../../src/forge/github/exchange.ts'
import { type GitHubForge, openGitHubForge } from '../../src/forge/github/github.ts'
import { type Git, openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'
import { type GitHub, type Options, startGitHub } from '../github/start.ts'
import { ISOLATED } from '../github/store/git.ts'

export const FILE = 'envs/prod/web/kustomization.yaml'
export const BRANCH = 'gitops/promote/prod/web'

/** A GitHub, a clone of it, and the forge between the two. */
export interface World {
  github: GitHub
  git: Git
  forge: GitHubForge
  notes: string[]
  /** What was slept, in milliseconds; nothing in truth. */
  slept: number[]
  base: BaseTip
  /** The forge once more, with another token or another patience. */
  again(options?: { token?: string; timeout?: number }): GitHubForge
  change(files: Record<string, string | Uint8Array>, more?: Partial<BranchChange>): BranchChange
  close(): Promise<void>
}

export async function startWorld(options: Options = {}): Promise<World> {
  const github = await startGitHub({ files: { [FILE]: 'newTag: v1\n' }, ...options })
  const folder = await mkdtemp(join(tmpdir(), 'clone-'))
  const git = openGit(folder, runProcess, ISOLATED)
  const { GITHUB_REPOSITORY, ...env } = github.env() as Record<string, string>
  const url = `${github.url.replace('//', `//x-access-token:${github.token}@`)}/${GITHUB_REPOSITORY}.git`
  await git(['clone', '-q', url, '.'])
  const notes: string[] = []
  const slept: number[] = []
  let time = Date.now()
  const open = ({ token = github.token, timeout = 20_000 } = {}) =>
    openGitHubForge({
      address: {
        apiUrl: env.GITHUB_API_URL as string,
        graphqlUrl: env.GITHUB_GRAPHQL_URL as string,
        serverUrl: env.GITHUB_SERVER_URL as string,
        repository: GITHUB_REPOSITORY as string,
      },
      token,
      git,
      upstream: upstreamOf(git),
      note: (message) => notes.push(message),
      now: () => time,
      async sleep(milliseconds) {
        slept.push(milliseconds)
        time += milliseconds
      },
      exchange: createExchange({ token, timeout }),
    })
  const forge = open()
  const base = await forge.readBase()
  return {
    ...{ github, git, forge, notes, slept, base, again: open },
    change: (files, more = {}) => ({
      branch: BRANCH,
      before: undefined,
      base,
      message: 'Promote web to prod\n\nGitops-Action: promote\n',
      files: Object.entries(files).map(([path, text]) => ({ path, after: Buffer.from(text) })),
      title: 'Promote web to prod',
      body: '',
      ...more,
    }),
    async close() {
      await rm(folder, { recursive: true, force: true })
      await github.close()
    },
  }
}

function upstreamOf(git: Git) {
  return {
    async readBase(): Promise<BaseTip> {
      await git(['fetch', '-q', 'origin', 'main'])
      return { branch: 'main', commit: (await git(['rev-parse', 'FETCH_HEAD'])).toString().trim() }
    },
    async fetch(commits: readonly string[]) {
      await git(['fetch', '-q', 'origin', ...commits])
    },
    async inspect(heads: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, Branch>> {
      return new Map([...heads].map(([name, head]) => [name, { name, head, own: undefined }]))
    },
  }
}
