import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.ts'
import { DEFAULT_CONFIG } from '../../src/config/schema.ts'
import type { VersionField } from '../../src/image/field.ts'
import { readBase } from '../../src/promote/base.ts'
import { type History, readHistory } from '../../src/promote/history.ts'
import { plan } from '../../src/promote/plan.ts'
import { readSnapshot } from '../../src/promote/snapshot.ts'
import { openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'
import { readRevision, resolveCommit } from '../../src/repository/revision.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function temporary(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-history-')))
  folders.push(folder)
  return folder
}

/** A repository whose commits are a day apart, from 2026-01-01T00:00:00Z. */
class Repository {
  readonly root = temporary()
  #day = 0

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main')
  }

  git(...args: string[]): string {
    const date = `2026-01-${String(Math.max(1, this.#day)).padStart(2, '0')}T00:00:00Z`
    const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_AUTHOR_DATE: '2020-01-01T00:00:00Z' }
    const committer = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com', GIT_COMMITTER_DATE: date }
    const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
    return execFileSync('git', args, {
      cwd: this.root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...env, ...who, ...committer },
    }).trim()
  }

  commit(files: Record<string, string | undefined>): string {
    this.#day++
    for (const [path, text] of Object.entries(files)) {
      const full = join(this.root, path)
      mkdirSync(dirname(full), { recursive: true })
      if (text === undefined) rmSync(full)
      else writeFileSync(full, text)
    }
    this.git('add', '--all')
    this.git('commit', '--quiet', '--allow-empty', '--message=x')
    return this.git('rev-parse', 'HEAD')
  }

  /** The history of every field, which is named by the file's environment and its image. */
  async history(): Promise<{ history: History; field(name: string): VersionField }> {
    const git = openGit(this.root, runProcess, { PATH: process.env.PATH, HOME: this.root })
    const commit = await resolveCommit(git, 'HEAD')
    const read = readConfig('layout: envs/{env}/{app}\nenvironments: { dev: , prod: { from: dev } }', '.gitops.yaml')
    const config = read.ok ? read.config : DEFAULT_CONFIG
    const snapshot = readSnapshot(await readRevision(git, commit), config, 'shop')
    const fields = [...snapshot.applications.values()].flatMap((app) =>
      [...app.values()].flatMap(({ fields }) => fields),
    )
    const files = new Map(fields.map(({ file }) => [file, fields.filter((other) => other.file === file)]))
    const history = await readHistory(git, commit, files, config.limits.yaml)
    const field = (name: string) => {
      const found = fields.find(({ file, image }) => `${file.split('/')[1]} ${image}` === name)
      if (!found) throw new Error(`no field ${name}`)
      return found
    }
    return { history, field }
  }
}

const day = (number: number) => Date.UTC(2026, 0, number)

function images(...list: string[]): string {
  const items = list.map((image) => `  - name: ${image.split(':')[0]}\n    newTag: ${image.split(':')[1]}\n`)
  return `images:\n${items.join('')}`
}

const DEV = 'envs/dev/web/kustomization.yaml'
const PROD = 'envs/prod/web/kustomization.yaml'

test('a value stands since the commit that gave it, whatever else changed in its file', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1', 'log:v1'), [PROD]: images('web:v1', 'log:v1') })
  const second = repository.commit({ [DEV]: images('web:v2', 'log:v1') })
  repository.commit({ [DEV]: images('web:v2', 'log:v5') })
  repository.commit({ [DEV]: `# v2 is good\n${images('log:v5', 'web:v2')}` })
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toEqual({ commit: second, time: day(2), order: 2, created: false })
  expect(history.since(field('prod web'))).toMatchObject({ time: day(1), created: true })
  expect(history.since(field('dev log'))).toMatchObject({ time: day(3) })
})

test('a value that was away has stood only since it came back', async () => {
  const repository = new Repository()
  for (const tag of ['v1', 'v2', 'v1']) repository.commit({ [DEV]: images(`web:${tag}`) })
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toMatchObject({ time: day(3), created: false })
})

test('values that stood once are remembered, for that image alone', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1', 'log:v7') })
  repository.commit({ [DEV]: images('web:v2', 'log:v8') })
  repository.commit({ [DEV]: images('web:v3', 'log:v8') })
  const { history, field } = await repository.history()
  const stood = (tag: string) => history.stood(field('dev web'), tag)
  expect(['v1', 'v2', 'v3', 'v7', 'v8', 'v', 'v4'].map(stood)).toEqual([true, true, true, false, false, false, false])
})

test('only the first parents count: what a branch tried out never stood', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1') })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit({ [DEV]: images('web:v8') })
  repository.commit({ [DEV]: images('web:v2') })
  repository.git('switch', '--quiet', 'main')
  repository.commit({ 'README.md': 'x' })
  repository.git('merge', '--quiet', '--no-ff', '--message=merge', 'topic')
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toMatchObject({ commit: repository.git('rev-parse', 'HEAD'), time: day(4) })
  expect(history.stood(field('dev web'), 'v8')).toBe(false)
  expect(history.stood(field('dev web'), 'v1')).toBe(true)
})

test('a file that moved keeps its past', async () => {
  const repository = new Repository()
  const old = 'envs/development/web/kustomization.yaml'
  repository.commit({ [old]: images('web:v1') })
  repository.commit({ [old]: images('web:v2') })
  repository.commit({ [old]: undefined, [DEV]: images('web:v2') })
  repository.commit({ [DEV]: images('web:v2', 'log:v1') })
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toMatchObject({ time: day(2), created: false })
  expect(history.stood(field('dev web'), 'v1')).toBe(true)
})

test('a file that was deleted and came back stands since it came back', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1') })
  repository.commit({ [DEV]: undefined })
  repository.commit({ [DEV]: images('web:v1') })
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toMatchObject({ time: day(3) })
})

test('names with blanks, quotes and line breaks are followed, too', async () => {
  const repository = new Repository()
  const odd = 'envs/dev/web/a "b"\n:100644 c.yaml'
  repository.commit({ [odd]: 'image: { repository: web, tag: v1 }\n' })
  repository.commit({ [odd]: 'image: { repository: web, tag: v2 }\n' })
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toMatchObject({ time: day(2) })
})

test('a merge commit that settles both sides by itself counts as the one that gave the value', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1') })
  repository.git('switch', '--quiet', '--create', 'topic')
  repository.commit({ 'a.md': 'x' })
  repository.git('switch', '--quiet', 'main')
  repository.git('merge', '--quiet', '--no-ff', '--no-commit', 'topic')
  const merge = repository.commit({ [DEV]: images('web:v9') })
  const { history, field } = await repository.history()
  expect(history.since(field('dev web'))).toMatchObject({ commit: merge, time: day(3) })
})

test('a shallow clone is refused with the cure', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1') })
  repository.commit({ [DEV]: images('web:v2') })
  const clone = temporary()
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${repository.root}`, clone])
  const git = openGit(clone, runProcess, { PATH: process.env.PATH, HOME: clone })
  const field = { file: DEV, value: 'v2' } as VersionField
  const files = new Map([[DEV, [field]]])
  await expect(readHistory(git, 'HEAD', files, DEFAULT_CONFIG.limits.yaml)).rejects.toThrow('fetch-depth: 0')
})

test('the working tree does not count', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v1'), [PROD]: images('web:v1') })
  repository.commit({ [DEV]: images('web:v2') })
  writeFileSync(join(repository.root, DEV), images('web:v9'))
  const git = openGit(repository.root, runProcess, { PATH: process.env.PATH, HOME: repository.root })
  const base = await readBase(git, 'HEAD', DEFAULT_CONFIG, { repository: 'shop' })
  expect(plan(base, DEFAULT_CONFIG, day(9)).promotions[0]?.changes).toMatchObject([{ old: 'v1', new: 'v2' }])
})

test('a link in the tree is seen, not followed', async () => {
  const repository = new Repository()
  repository.commit({ [DEV]: images('web:v2'), 'envs/prod/api/kustomization.yaml': images('api:v1') })
  symlinkSync('../dev/web', join(repository.root, 'envs/prod/web'))
  repository.commit({})
  const git = openGit(repository.root, runProcess, { PATH: process.env.PATH, HOME: repository.root })
  const base = await readBase(git, 'HEAD', DEFAULT_CONFIG, { repository: 'shop' })
  expect(plan(base, DEFAULT_CONFIG, day(9)).promotions).toMatchObject([{ app: 'web', status: 'blocked' }])
})
