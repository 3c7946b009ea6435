import { spawn, spawnSync } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitops, ROOT } from './gitops.ts'
import { brokenMap, createRepository, type Repository } from './repository.ts'

let repository: Repository
beforeAll(() => {
  repository = createRepository()
  cpSync(join(ROOT, 'examples', 'shop'), repository.root, { recursive: true })
  cpSync(join(ROOT, 'examples', 'shop-pull-request'), repository.root, { recursive: true })
  repository.write({
    'I.yaml': brokenMap('i'),
    'ı.yaml': brokenMap('x'),
    'İ.yaml': brokenMap('y'),
    'ä.yaml': brokenMap('a'),
  })
  repository.commit()
})
afterAll(() => repository.dispose())

test('the same bytes on every run, under any time zone, locale and number of processors', async () => {
  const worlds: Record<string, string>[] = [
    {},
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  ]
  const args = ['validate', '--format', 'json']
  const runs = await Promise.all(worlds.map((env) => gitops(args, { cwd: repository.root, env })))
  const [first, ...others] = runs
  expect(JSON.parse(first?.stdout ?? '').findings.length).toBeGreaterThan(6)
  for (const other of others) expect(other).toEqual(first)
})

test('PATHs in another order are the same report', async () => {
  const [one, two] = await Promise.all(
    [
      ['I.yaml', 'ä.yaml'],
      ['ä.yaml', 'I.yaml', '.'],
    ].map((paths) => gitops(['validate', '--format', 'json', ...paths.slice(0, 2)], { cwd: repository.root })),
  )
  expect(two?.stdout).toBe(one?.stdout)
})

describe('with nothing but Node and git', () => {
  const isolated = process.platform === 'linux' && spawnSync('unshare', ['-rn', 'true']).status === 0

  test.runIf(isolated)('no network is needed, and no other program', () => {
    const bin = mkdtempSync(join(tmpdir(), 'gitops-path-'))
    const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim()
    symlinkSync(git, join(bin, 'git'))
    symlinkSync(process.execPath, join(bin, 'node'))
    const args = ['-rn', 'node', join(ROOT, 'bin', 'gitops.js'), 'validate', 'examples/shop', '--format', 'json']
    const unshare = spawnSync('sh', ['-c', 'command -v unshare'], { encoding: 'utf8' }).stdout.trim()
    const ran = spawnSync(unshare, args, { cwd: ROOT, env: { PATH: bin, HOME: bin }, encoding: 'utf8' })
    rmSync(bin, { recursive: true })
    expect([ran.status, JSON.parse(ran.stdout)]).toEqual([
      0,
      expect.objectContaining({ outcome: 'valid', summary: expect.objectContaining({ resources: 7, valid: 7 }) }),
    ])
  })

  test('without git there is one sentence, exit 3', async () => {
    const ran = await gitops(['validate'], { cwd: repository.root, env: { PATH: '/nonexistent' } })
    expect(ran).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/^error: git could not be started/),
    })
  })
})

describe('a reader that goes away', () => {
  test.each([['json'], ['text']])('is no failure: %s', async (format) => {
    const files = Array.from({ length: 1500 }, (_, index) => [`pipe/${index}.yaml`, brokenMap(`m${index}`)])
    repository.write(Object.fromEntries(files))
    const child = spawn(process.execPath, [join(ROOT, 'bin/gitops.js'), 'validate', 'pipe', '--format', format], {
      cwd: repository.root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.stdout.once('data', () => child.stdout.destroy())
    const ended = await new Promise((resolve) => child.on('close', (code, signal) => resolve([code, signal])))
    expect([ended, stderr.replace(/^\d+ of \d+ done\n/gm, '')]).toEqual([[1, null], ''])
    repository.remove('pipe')
  })
})

test.runIf(process.getuid?.() === 0)('a clone of another user is told with the cure', async () => {
  const other = createRepository({ 'a.yaml': brokenMap('a') })
  chownSync(other.root, 12345, 12345)
  chownSync(join(other.root, '.git'), 12345, 12345)
  const ran = await gitops(['validate'], { cwd: other.root })
  expect(ran).toMatchObject({
    code: 3,
    stdout: '',
    stderr: expect.stringContaining('git config --global --add safe.directory'),
  })
  other.dispose()
})

test('settings of the user’s git change nothing', async () => {
  const args = ['validate', 'I.yaml', 'ä.yaml', '--format', 'json', '--base', 'HEAD~1']
  repository.git('mv', 'ä.yaml', 'moved.yaml')
  repository.commit()
  repository.git('mv', 'moved.yaml', 'ä.yaml')
  const plain = await gitops(args, { cwd: repository.root })
  for (const [key, value] of [
    ['diff.noprefix', 'true'],
    ['diff.mnemonicPrefix', 'true'],
    ['diff.renames', 'false'],
    ['core.quotePath', 'true'],
    ['color.ui', 'always'],
    ['diff.external', '/bin/false'],
    ['core.fsmonitor', '/bin/false'],
    ['core.pager', '/bin/false'],
  ] as const)
    repository.git('config', key, value)
  const set = await gitops(args, { cwd: repository.root })
  expect([set, set.code]).toEqual([plain, 0])
})
