import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { brokenMap, configMap, createRepository, type Repository } from './repository.ts'

interface Report {
  outcome: string
  summary: Record<string, number>
  findings: { rule: string; file: string; message: string; line: number; source?: string; sources?: number }[]
  coverage: { apiVersion: string; kind: string; count: number; validated: boolean; reason?: string }[]
}

async function check(repository: Repository, args: string[], cwd = repository.root) {
  const ran = await gitops(['validate', '--format', 'json', ...args], { cwd })
  return { ...ran, report: JSON.parse(ran.stdout) as Report }
}

const filesOf = (report: Report) => report.findings.map(({ file }) => file)

describe('what cannot be read is not passed over', () => {
  test('a file beyond the limit that the configuration sets', async () => {
    const repository = createRepository({
      '.gitops.yaml': 'limits: { file: 1KiB }\n',
      'small.yaml': configMap('small'),
      'large.yaml': `${configMap('large')}# ${'x'.repeat(2000)}\n`,
    })
    const { code, report } = await check(repository, [])
    repository.dispose()
    expect([code, report.summary.resources]).toEqual([1, 1])
    expect(report.findings).toMatchObject([{ rule: 'yaml/limit', file: 'large.yaml', line: 1 }])
    expect(report.findings[0]?.message).toContain('limits.file')
  })

  test('a file beyond the usual limit, where the configuration raises it', async () => {
    const comment = `# ${'x'.repeat(1000)}\n`.repeat(68_000)
    const repository = createRepository({ 'large.yaml': `${comment}${brokenMap('large')}` })
    const refused = await check(repository, [])
    repository.write({ '.gitops.yaml': 'limits: { file: 100MiB, resource: 100MiB }\n' })
    const read = await check(repository, [])
    repository.dispose()
    expect(refused.report.findings.map(({ rule }) => rule)).toEqual(['yaml/limit'])
    expect(read.report.findings.map(({ rule }) => rule)).toEqual(['schema/invalid'])
  })

  test('a name that is not UTF-8 is told', async () => {
    const repository = createRepository({ 'a.yaml': configMap('a') })
    writeFileSync(Buffer.concat([Buffer.from(`${repository.root}/b`), Buffer.from([0xff]), Buffer.from('.yaml')]), '')
    const { stderr } = await check(repository, [])
    repository.dispose()
    expect(stderr).toContain('its name is not UTF-8')
  })
})

describe('what is read', () => {
  let repository: Repository
  beforeAll(() => {
    repository = createRepository({
      'a.yaml': brokenMap('a'),
      'b.yml': brokenMap('b'),
      'c.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: 'text' }),
      'package.json': '{ "name": "x", "kind": "library" }',
      'd.txt': brokenMap('d'),
      'deep/down/e.YAML': brokenMap('e'),
      '.github/workflows/f.yaml': brokenMap('f'),
      '.hidden.yaml': brokenMap('hidden'),
      'node_modules/g.yaml': brokenMap('g'),
      'vendor/node_modules/g.yaml': brokenMap('g2'),
      'build/h.yaml': brokenMap('h'),
      'legacy/i.yaml': brokenMap('i'),
      'with space/ü.yaml': brokenMap('u'),
      '-dash/--help.yaml': brokenMap('dash'),
      '.gitignore': 'build/\n',
    })
  })
  afterAll(() => repository.dispose())

  const ALWAYS = ['-dash/--help.yaml', '.hidden.yaml', 'a.yaml', 'b.yml', 'c.json', 'deep/down/e.YAML']

  test.each<[what: string, args: string[], files: string[]]>([
    ['the working directory by default', [], [...ALWAYS, 'legacy/i.yaml', 'with space/ü.yaml']],
    ['a folder', ['deep'], ['deep/down/e.YAML']],
    ['a file whatever its extension', ['d.txt'], ['d.txt']],
    ['a file although it is ignored by git', ['build/h.yaml'], ['build/h.yaml']],
    ['a file although it is in node_modules', ['node_modules/g.yaml'], ['node_modules/g.yaml']],
    ['a dot-folder that is named', ['.github'], ['.github/workflows/f.yaml']],
    [
      'not what --ignore matches',
      ['--ignore', 'legacy/**,*.json', '--ignore', '*/*.yaml'],
      ['.hidden.yaml', 'a.yaml', 'b.yml', 'deep/down/e.YAML'],
    ],
    ['a folder with an odd name', ['with space'], ['with space/ü.yaml']],
    ['a folder that looks like a flag, after --', ['--', '-dash'], ['-dash/--help.yaml']],
    ['one file given twice, once', ['a.yaml', './a.yaml'], ['a.yaml']],
  ])('%s', async (_, args, files) => {
    const { report } = await check(repository, args)
    expect(filesOf(report)).toEqual(files)
    expect(report.summary.invalid).toBe(files.length)
  })

  test('PATHs are relative to the working directory, places to the repository', async () => {
    const { report } = await check(repository, ['down'], join(repository.root, 'deep'))
    expect(filesOf(report)).toEqual(['deep/down/e.YAML'])
  })

  test('what is passed over is counted with its reason, and names an example', async () => {
    const { stderr } = await check(repository, ['--ignore', 'legacy/**'])
    expect(stderr).toContain('2 files skipped: in node_modules (such as node_modules/g.yaml).')
    expect(stderr).toContain('1 file skipped: in a dot-folder (such as .github/workflows/f.yaml).')
    expect(stderr).toContain('1 file skipped: ignored (such as legacy/i.yaml).')
    expect(stderr).toMatch(/1 document is no manifest: .*package\.json/)
    expect(stderr).toMatch(/skipped: ignored by git/)
  })
})

describe('without a repository', () => {
  test('files are read all the same', async () => {
    const plain = createRepository(
      { 'a.yaml': brokenMap('a'), 'x/node_modules/b.yaml': brokenMap('b') },
      { git: false },
    )
    const { code, report } = await check(plain, [])
    expect([code, filesOf(report)]).toEqual([1, ['a.yaml']])
    const base = await gitops(['validate', '--base', 'main'], { cwd: plain.root })
    expect(base).toMatchObject({ code: 3, stdout: '' })
    expect(base.stderr).toContain('--base')
    plain.dispose()
  })

  test('HEAD may be unborn', async () => {
    const unborn = createRepository({ 'a.yaml': configMap('a') })
    expect((await check(unborn, [])).code).toBe(0)
    const base = await gitops(['validate', '--base', 'HEAD'], { cwd: unborn.root })
    expect(base).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('has no commit yet') })
    unborn.dispose()
  })
})

describe('links and what is no file', () => {
  let repository: Repository
  let outside: Repository
  beforeAll(() => {
    outside = createRepository(
      { 'secret.yaml': 'password: CANARY-outside\nkind: [\n', 'folder/x.yaml': brokenMap('x') },
      { git: false },
    )
    repository = createRepository({
      'good.yaml': configMap('good'),
      'real/a.yaml': brokenMap('a'),
      'lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 1\n',
      'k/kustomization.yaml': 'resources: [leak.yaml]\n',
    })
    symlinkSync(join(outside.root, 'secret.yaml'), join(repository.root, 'leak.yaml'))
    symlinkSync(join(outside.root, 'secret.yaml'), join(repository.root, 'k', 'leak.yaml'))
    symlinkSync(join(outside.root, 'folder'), join(repository.root, 'elsewhere.yaml'))
    symlinkSync('/proc/self/environ', join(repository.root, 'environ.yaml'))
    symlinkSync('/dev/zero', join(repository.root, 'zero.yaml'))
    repository.write({ '.git/canary': 'apiVersion: v1\nkind: CANARY\n' })
    symlinkSync('.git/canary', join(repository.root, 'git.yaml'))
    symlinkSync('nothing', join(repository.root, 'dangling.yaml'))
    symlinkSync('real', join(repository.root, 'link.yaml'))
    symlinkSync('loop.yaml', join(repository.root, 'loop.yaml'))
    symlinkSync('real/a.yaml', join(repository.root, 'inside.yaml'))
    mkdirSync(join(repository.root, 'folder.yaml'))
  })
  afterAll(() => {
    repository.dispose()
    outside.dispose()
  })

  test('are told, and nothing outside is read', async () => {
    const { code, report, stdout, stderr } = await check(repository, [])
    expect(code).toBe(1)
    expect(stdout + stderr).not.toMatch(/CANARY|PATH=/)
    expect(stderr).toMatch(/\d files skipped: a link that leaves the repository/)
    for (const link of [
      'a link to nothing',
      'a link to itself',
      'a link into .git',
      'a submodule or a link to a folder',
    ])
      expect(stderr).toContain(`1 file skipped: ${link} (such as `)
    expect(report.findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'inside.yaml schema/invalid',
      'k/kustomization.yaml render/kustomize',
      'lfs.yaml yaml/encoding',
      'real/a.yaml resource/duplicate',
      'real/a.yaml schema/invalid',
    ])
  })

  test('a named link that leaves the repository is a usage error', async () => {
    const ran = await gitops(['validate', 'leak.yaml'], { cwd: repository.root })
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('outside') })
  })
})

describe('submodules', () => {
  test('are skipped, and that is told', async () => {
    const inner = createRepository({ 'x.yaml': brokenMap('x') })
    inner.commit()
    const repository = createRepository({ 'a.yaml': configMap('a') })
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.root, 'sub.yaml')
    repository.commit()
    const { code, stderr, report } = await check(repository, [])
    expect([code, report.findings]).toEqual([0, []])
    expect(stderr).toMatch(/submodule/)
    inner.dispose()
    repository.dispose()
  })
})
