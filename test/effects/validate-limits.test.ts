import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command } from './command-world.ts'
import { configMap, Repository } from './diff-repository.ts'

/** Beyond the limit by its comment. */
const LARGE = `${configMap('large', 'x')}# ${'x'.repeat(1024)}\n`

describe('limits.file', () => {
  let repository: Repository
  beforeAll(() => {
    repository = new Repository({
      '.gitops.yaml': 'limits: { file: 1KiB }\n',
      'large.yaml': LARGE,
      'small.yaml': configMap('small', 'x'),
    })
  })
  afterAll(() => repository.dispose())

  async function validate(args: readonly string[], input = '') {
    const { code, stdout } = await command(['validate', '--format', 'json', ...args], repository.root, {}, input)
    const { findings } = JSON.parse(stdout)
    return { code, findings }
  }

  test('holds for the base, so that a change is not blamed for what was there before', async () => {
    repository.write({ 'small.yaml': configMap('small', 'z') })
    expect(await validate(['--base', 'HEAD'])).toMatchObject({
      code: 0,
      findings: [{ rule: 'yaml/limit', file: 'large.yaml', introduced: false }],
    })
    repository.write({ 'other.yaml': LARGE })
    expect(await validate(['--base', 'HEAD'])).toMatchObject({
      code: 1,
      findings: [
        { rule: 'yaml/limit', file: 'large.yaml', introduced: false },
        { rule: 'yaml/limit', file: 'other.yaml', introduced: true },
      ],
    })
    repository.remove('other.yaml')
  })

  test.each<[what: string, input: string, code: number, rules: string[]]>([
    ['up to it', LARGE.slice(0, 1024), 0, []],
    ['beyond it', LARGE.slice(0, 1025), 1, ['yaml/limit']],
  ])('holds for standard input: %s', async (_, input, code, rules) => {
    const ran = await validate(['-'], input)
    expect([ran.code, ran.findings.map(({ rule, file }: { rule: string; file: string }) => `${rule} ${file}`)]).toEqual(
      [code, rules.map((rule) => `${rule} -`)],
    )
  })
})
