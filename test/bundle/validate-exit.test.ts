import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { brokenMap, configMap, createRepository, type Repository } from './repository.ts'

let repository: Repository
beforeAll(() => {
  const warned = `${configMap('warned', { a: 'x' })}---\napiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - { name: c, image: nginx }\n`
  repository = createRepository({
    'good/a.yaml': configMap('a'),
    'bad/a.yaml': brokenMap('a'),
    'warned/a.yaml': warned,
    'unknown/a.yaml': 'apiVersion: example.com/v1\nkind: Gadget\nmetadata: { name: g }\n',
    'empty/notes.yaml': '# nothing\n',
    'remote/kustomization.yaml': 'resources: [https://example.com/x.yaml]\n',
    'remote/other.yaml': configMap('other'),
    'named/manifest.txt': brokenMap('a'),
    'old/a.yaml': configMap('a'),
  })
})
afterAll(() => repository.dispose())

const validate = (...args: string[]) => gitops(['validate', ...args], { cwd: repository.root })

describe.concurrent('exit codes', () => {
  test.each<[code: number, args: string[]]>([
    [0, ['good']],
    [0, ['good/a.yaml', 'good']],
    [0, ['good', '--kubernetes-version', '1.34']],
    [0, ['good', '--kubernetes-version', 'v1.34']],
    [0, ['good', '--kubernetes-version=1.34.7']],
    [0, ['warned']],
    [0, ['unknown']],
    [0, ['unknown', '--unvalidated', 'ignore', '--fail-on', 'warning']],
    [0, ['empty', '--allow-empty']],
    [0, ['bad', '--fail-on', 'never']],
    [0, ['bad', '--skip', 'ConfigMap']],
    [0, ['bad', '--skip', 'v1/ConfigMap']],
    [0, ['bad', 'good', '--ignore', 'bad/**']],
    [0, ['--', 'good']],
    [1, ['bad']],
    [1, ['bad', 'good']],
    [1, ['bad', '--skip', 'apps/v1/ConfigMap']],
    [1, ['warned', '--fail-on', 'warning']],
    [1, ['unknown', '--unvalidated', 'error']],
    [1, ['unknown', '--unvalidated', 'warning', '--fail-on', 'warning']],
    [1, ['empty']],
    [1, ['bad', '--ignore', 'bad/**']],
    [1, ['named/manifest.txt']],
    [3, ['remote']],
    [3, ['remote', '--fail-on', 'never']],
    [3, ['good', '--base', 'nothing-of-that-name']],
  ])('%i: validate %j', async (code, args) => {
    const ran = await validate(...args)
    expect([ran.code, ran.stderr.includes('    at ')]).toEqual([code, false])
  })
})

describe.concurrent('usage is exit 2, and only standard error speaks', () => {
  test.each<[says: RegExp, args: string[]]>([
    [/nowhere/, ['nowhere']],
    [/nowhere/, ['good', 'nowhere']],
    [/outside/, ['good', '/']],
    [/0\.1/, ['good', '--kubernetes-version', '0.1']],
    [/9\.99/, ['good', '--kubernetes-version', '9.99']],
    [/latest/, ['good', '--kubernetes-version', 'latest']],
    [/--format must be one of/, ['good', '--format', 'xml']],
    [/--fail-on must be one of/, ['good', '--fail-on', 'info']],
    [/--unvalidated must be one of/, ['good', '--unvalidated', 'no']],
    [/--renderer must be one of/, ['good', '--renderer', 'docker']],
    [/--allow-remote needs --renderer native/, ['good', '--allow-remote']],
    [/--depth api is not available/, ['good', '--depth', 'api']],
    [/--shard must be I\/N/, ['good', '--shard', '0/2']],
    [/--shard must be I\/N/, ['good', '--shard', '3/2']],
    [/--shard must be I\/N/, ['good', '--shard', 'x']],
    [/did you mean --format\?/, ['good', '--fromat', 'json']],
    [/--format needs a value/, ['good', '--format']],
    [/--base needs a value/, ['good', '--base', '--format', 'json']],
    [/--ignore must be a glob relative to the repository root/, ['good', '--ignore', '../bad']],
    [/cannot be mixed/, ['-', 'good']],
    [/no-such\.yaml/, ['good', '--config', 'no-such.yaml']],
    [/no-such-folder/, ['good', '--output', 'no-such-folder/report.txt']],
    [/--allow-empty takes no value/, ['good', '--allow-empty=yes']],
  ])('%s: %j', async (says, args) => {
    const ran = await validate(...args)
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(says) })
    expect(ran.stderr).not.toMatch(/fault of gitops/)
    const causes = ran.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('  caused by: '))
    expect(causes).toHaveLength(1)
  })

  test('an unknown command names the nearest', async () => {
    const ran = await gitops(['valdate'], { cwd: repository.root })
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('did you mean validate?') })
  })
})

describe('the report stands on standard output, alone', () => {
  test.each([['json'], ['sarif'], ['gitlab']])('%s is one JSON document', async (format) => {
    const ran = await validate('bad', 'empty', '--format', format)
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stdout)).toBeTypeOf('object')
    expect(ran.stdout).toContain('schema/invalid')
  })

  test.each<[format: string, first: string]>([
    ['text', 'bad/a.yaml:5:7  error  schema/invalid'],
    ['junit', '<?xml version="1.0" encoding="UTF-8"?>'],
    ['github', '::error file=bad/a.yaml,line=5,col=7,title=schema/invalid::'],
  ])('%s', async (format, first) => {
    const ran = await validate('bad', '--format', format)
    expect(ran.stdout.slice(0, first.length)).toBe(first)
  })

  test('--output writes the same bytes to the file, and nothing to standard output', async () => {
    const printed = await validate('bad', '--format', 'json')
    const written = await validate('bad', '--format', 'json', '--output', 'report.json')
    expect([written.code, written.stdout]).toEqual([1, ''])
    expect(readFileSync(join(repository.root, 'report.json'), 'utf8')).toBe(printed.stdout)
    repository.remove('report.json')
  })

  test('a report is printed for 3, too', async () => {
    const { stdout } = await validate('remote', 'bad', '--format', 'json')
    const report = JSON.parse(stdout)
    expect(report.outcome).toBe('refused')
    expect(report.findings.map((finding: { rule: string }) => finding.rule)).toEqual([
      'schema/invalid',
      'render/refused',
    ])
  })

  test('nothing found is told on standard error', async () => {
    const ran = await validate('empty', '--format', 'json')
    expect(ran.stderr).toContain('Nothing to check was found below empty')
    expect(JSON.parse(ran.stdout)).toMatchObject({ outcome: 'invalid', findings: [] })
    const fine = await validate('empty', '--format', 'json', '--allow-empty')
    expect(JSON.parse(fine.stdout)).toMatchObject({ outcome: 'valid', findings: [] })
  })

  test('an output that a usage error prevents is not made', async () => {
    await validate('nowhere', '--output', 'never.json')
    expect(existsSync(join(repository.root, 'never.json'))).toBe(false)
  })
})

describe('the Kubernetes minor', () => {
  test.each([
    ['1.34', '1.34'],
    ['v1.34', '1.34'],
    ['1.34.9', '1.34'],
    ['v1.34.9', '1.34'],
  ])('%s is %s', async (given, told) => {
    const ran = await validate('good', '--format', 'json', '--kubernetes-version', given)
    expect(JSON.parse(ran.stdout).kubernetes).toBe(told)
  })

  test('outside the range, the range is named', async () => {
    const ran = await validate('good', '--kubernetes-version', '1.99')
    expect(ran.stderr).toMatch(/1\.\d\d.*1\.\d\d/)
  })
})

describe('standard input', () => {
  test('is read for -, and named so', async () => {
    const ran = await gitops(['validate', '-', '--format', 'json'], { cwd: repository.root, input: brokenMap('x') })
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stdout).findings[0]).toMatchObject({ file: '-', line: 5, column: 7, rule: 'schema/invalid' })
  })

  test('may be JSON, or nothing', async () => {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } })
    expect((await gitops(['validate', '-'], { cwd: repository.root, input })).code).toBe(0)
    expect((await gitops(['validate', '-'], { cwd: repository.root, input: '' })).code).toBe(1)
  })
})
