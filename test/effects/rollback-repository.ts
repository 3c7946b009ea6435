import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Base, readBase } from '../../src/promote/base.ts'
import { type Circumstances, type Plan, plan } from '../../src/promote/plan.ts'
import { readRollbackBase } from '../../src/promote/rollback/base.ts'
import { planRollback, type RollbackCircumstances } from '../../src/promote/rollback/plan.ts'
import type { RollbackRequest } from '../../src/promote/rollback/request.ts'
import { openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'
import { CHAIN, configOf, day, type Files } from '../unit/promote-world.ts'

export type Asked = Partial<RollbackRequest> & RollbackCircumstances & { config?: string; now?: number }

/** A repository with real history, whose commits are a day apart from 2026-01-01. */
export class Repository {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-rollback-')))
  #day = 0

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main')
  }

  git(...args: string[]): string {
    const date = `2026-01-${String(Math.max(1, this.#day)).padStart(2, '0')}T00:00:00Z`
    const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_AUTHOR_DATE: date }
    const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com', GIT_COMMITTER_DATE: date }
    const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    const options = {
      cwd: this.root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...env, ...author, ...committer },
    } as const
    return execFileSync('git', args, options).trim()
  }

  /** `undefined` removes a file; a text that starts with `-> ` makes a link. */
  commit(files: Files): string {
    this.#day++
    for (const [path, text] of Object.entries(files)) {
      const full = join(this.root, path)
      mkdirSync(dirname(full), { recursive: true })
      rmSync(full, { recursive: true, force: true })
      if (text?.startsWith('-> ')) symlinkSync(text.slice(3), full)
      else if (text !== undefined) writeFileSync(full, text)
    }
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message=x')
    return this.git('rev-parse', 'HEAD')
  }

  /** Commits on a branch that is merged without fast-forward. */
  merge(commits: readonly Files[]): string {
    this.git('switch', '--quiet', '--create', 'topic')
    for (const files of commits) this.commit(files)
    this.git('switch', '--quiet', 'main')
    this.#day++
    this.git('merge', '--quiet', '--no-ff', '--message=merge', 'topic')
    this.git('branch', '--quiet', '--delete', 'topic')
    return this.git('rev-parse', 'HEAD')
  }

  /** Merges what a plan wants. */
  take({ pullRequests }: Plan): string {
    const files = pullRequests.flatMap((request) => request.files)
    return this.commit(Object.fromEntries(files.map(({ path, after }) => [path, Buffer.from(after).toString('utf8')])))
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8')
  }

  async base({ app = 'web', environment = 'prod', config = CHAIN }: Asked = {}): Promise<Base> {
    const request = { app, environment }
    return readRollbackBase(this.#open(), 'HEAD', configOf(config), { repository: 'shop', request })
  }

  /** The rollback of `web` in `prod` where nothing else is asked. */
  async rollback(asked: Asked = {}): Promise<Plan> {
    const { config = CHAIN, now = day(60), app = 'web', environment = 'prod', ...rest } = asked
    return planRollback(await this.base(asked), configOf(config), now, { app, environment, ...rest })
  }

  async promotion(circumstances: Circumstances = {}, text = CHAIN): Promise<Plan> {
    const config = configOf(text)
    return plan(await readBase(this.#open(), 'HEAD', config, { repository: 'shop' }), config, day(60), circumstances)
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  #open() {
    return openGit(this.root, runProcess, { PATH: process.env.PATH, HOME: this.root })
  }
}
