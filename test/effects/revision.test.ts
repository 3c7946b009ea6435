import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBlobs } from '../../src/promote/blobs.ts'
import { readCheckout } from '../../src/repository/checkout.ts'
import { openGit } from '../../src/repository/git.ts'
import { runProcess } from '../../src/repository/process.ts'
import { readRevision, resolveCommit } from '../../src/repository/revision.ts'
import { readWorktree } from '../../src/repository/worktree.ts'

let folder: string

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-revision-')))
  const origin = join(folder, 'origin')
  mkdirSync(join(origin, 'apps'), { recursive: true })
  writeFileSync(join(origin, 'apps', 'web.yaml'), 'kind: A\n')
  writeFileSync(join(origin, 'apps', 'same.yaml'), 'kind: A\n')
  writeFileSync(join(origin, 'film.mp4'), 'x'.repeat(5000))
  symlinkSync('apps', join(origin, 'link'))
  git(origin, 'init', '--quiet', '--initial-branch=main')
  git(origin, 'config', 'uploadpack.allowFilter', 'true')
  git(origin, 'add', '--all')
  git(origin, 'commit', '--quiet', '--message=x')
  git(folder, 'clone', '--quiet', '--bare', '--filter=blob:limit=1k', `file://${origin}`, 'partial')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

function git(cwd: string, ...args: string[]): void {
  const names = ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'A'],
    [`GIT_${who}_EMAIL`, 'a@example.com'],
  ])
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  execFileSync('git', args, { cwd, stdio: 'pipe', env: { ...env, ...Object.fromEntries(names) } })
}

function gitIn(name: string) {
  const root = join(folder, name)
  return openGit(root, runProcess, { PATH: process.env.PATH, HOME: root })
}

function treeIn(name: string) {
  return readRevision(gitIn(name), 'HEAD')
}

test('the files of a commit, and what is none', async () => {
  const tree = await treeIn('origin')
  expect(tree.paths).toEqual(['apps/same.yaml', 'apps/web.yaml', 'film.mp4'])
  expect(Buffer.from(tree.read('apps/web.yaml') ?? []).toString()).toBe('kind: A\n')
  expect([...tree.skipped]).toEqual([['link', 'a link']])
})

test('what a partial clone leaves out is missed only by who reads it', async () => {
  const tree = await treeIn('partial')
  expect(tree.paths).toContain('film.mp4')
  expect(Buffer.from(tree.read('apps/web.yaml') ?? []).toString()).toBe('kind: A\n')
  expect(() => tree.read('film.mp4')).toThrow('"film.mp4" is missing in this clone; fetch it without --filter.')
})

test('the past that a partial clone leaves out is asked for with the cure', async () => {
  const film = (await gitIn('origin')(['rev-parse', 'HEAD:film.mp4'])).toString().trim()
  await expect(readBlobs(gitIn('partial'), [film])).rejects.toThrow(
    'This clone was made with --filter and lacks files that are needed; fetch it without --filter.',
  )
})

test('a commit reads like a checkout of it: links, and what is too large', async () => {
  const root = join(folder, 'linked')
  mkdirSync(join(root, 'apps', 'web'), { recursive: true })
  git(folder, 'init', '--quiet', '--initial-branch=main', root)
  writeFileSync(join(root, 'apps', 'web', 'map.yaml'), 'kind: A\n')
  writeFileSync(join(root, 'large.yaml'), 'x'.repeat(101))
  writeFileSync(join(root, 'full.yaml'), 'x'.repeat(100))
  const links = {
    'file.yaml': 'apps/web/map.yaml',
    'apps/up.yaml': '../full.yaml',
    'through.yaml': 'folder/map.yaml',
    'chain.yaml': './apps//up.yaml',
    'above-folder.yaml': 'folder/../up.yaml',
    folder: 'apps/web',
    large: 'large.yaml',
    self: 'self',
    nothing: 'nowhere',
    outside: '../origin/film.mp4',
    absolute: '/etc/hostname',
    config: '.git/config',
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path))
  git(root, 'add', '--all')
  git(root, 'commit', '--quiet', '--message=x')

  const limits = { file: 100 }
  const checkout = await readCheckout(gitIn('linked'), 'HEAD', limits)
  const worktree = await readWorktree(root, gitIn('linked'), limits)
  const told = ({ paths, read, skipped }: typeof worktree) =>
    paths.map((path) => `${path}: ${read(path)?.length ?? skipped.get(path)}`)
  expect(told(checkout.tree)).toEqual(told(worktree))
  expect(told(worktree)).toContain('above-folder.yaml: 100')
  expect(checkout.links.toSorted()).toEqual([
    'above-folder.yaml',
    'apps/up.yaml',
    'chain.yaml',
    'file.yaml',
    'large',
    'through.yaml',
  ])
})

test('a clone without any commit, and a branch that is misspelt', async () => {
  git(folder, 'init', '--quiet', '--initial-branch=main', 'empty')
  for (const revision of ['HEAD', 'main', 'HEAD~1'])
    await expect(resolveCommit(gitIn('empty'), revision)).rejects.toThrow(
      'There is no commit yet in this clone; commit',
    )
  const full = gitIn('origin')
  await expect(resolveCommit(full, 'mian')).rejects.toThrow('"mian" is not in this clone; did you mean main? If not, ')
  await expect(resolveCommit(full, 'HEAD~1')).rejects.toThrow('"HEAD~1" is not in this clone; correct its name, ')
  git(folder, 'clone', '--quiet', `file://${join(folder, 'origin')}`, 'clone')
  git(join(folder, 'clone'), 'switch', '--quiet', '--detach')
  git(join(folder, 'clone'), 'branch', '--quiet', '--delete', 'main')
  await expect(resolveCommit(gitIn('clone'), 'mian')).rejects.toThrow('did you mean origin/main? If not')
})
