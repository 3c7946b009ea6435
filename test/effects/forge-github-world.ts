import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BaseTip, BranchChange } from '../../src/forge/forge.ts'
import { type GitHubForge, openGitHubForge } from '../../src/forge/github/github.ts'
import { type Git, openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'
import { openRemote } from '../../src/repository/remote.ts'
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
  /** The forge once more, with another token, base branch or repository. */
  again(options?: { token?: string; base?: string; repository?: string }): GitHubForge
  change(files: Record<string, string | Uint8Array>, more?: Partial<BranchChange>): BranchChange
  close(): Promise<void>
}

export async function startWorld(options: Options = {}): Promise<World> {
  const github = await startGitHub({ files: { [FILE]: 'newTag: v1\n' }, ...options })
  const folder = await mkdtemp(join(tmpdir(), 'clone-'))
  const git = openGit(folder, runProcess, ISOLATED)
  const { GITHUB_REPOSITORY: fullName = '', ...env } = github.env()
  const url = `${github.url}/${fullName}.git`
  await git(['clone', '-q', url.replace('//', `//x-access-token:${github.token}@`), '.'])
  const credential = { url: github.url, token: github.token }
  const remote = await openRemote(git, { remote: url, token: credential, environment: ISOLATED })
  const notes: string[] = []
  const slept: number[] = []
  let time = Date.now()
  const open: World['again'] = ({ token = github.token, repository = fullName, base } = {}) =>
    openGitHubForge({
      address: {
        apiUrl: env.GITHUB_API_URL as string,
        graphqlUrl: env.GITHUB_GRAPHQL_URL as string,
        serverUrl: env.GITHUB_SERVER_URL as string,
        repository,
      },
      token,
      git,
      ...(base !== undefined && { base }),
      remote,
      note: (message) => notes.push(message),
      now: () => time,
      async sleep(milliseconds) {
        slept.push(milliseconds)
        time += milliseconds
      },
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
