import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { branchName } from '../../src/promote/branch.ts'
import { CHAIN, type Files, kustomization, planFor, web } from './promote-world.ts'

describe('a branch', () => {
  test.each([
    ['prod', 'web', 'gitops/promote/prod/web'],
    ['prod', 'eu/web', 'gitops/promote/prod/eu/web'],
    ['prod', 'web.v2_x-1', 'gitops/promote/prod/web.v2_x-1'],
    ['prod', undefined, 'gitops/promote/prod/_all'],
  ])('%s %s', (environment, app, branch) => {
    expect(branchName('promote', environment, app)).toBe(branch)
  })

  test.each([
    '_all',
    '--upload-pack=x',
    'a$(id)',
    '@everyone',
    '<img>',
    'a b',
    'a..b',
    'a.lock',
    'a.',
    '.a',
    '-a',
    'a~1',
    'ä',
    '',
    'a\n',
  ])('%j is escaped', (app) => {
    expect(branchName('promote', 'prod', app)).toMatch(/^gitops\/promote\/prod\/[A-Za-z0-9-]+-[0-9a-f]{8}$/)
  })

  test('is a ref that Git accepts, at most 200 characters, and never shared', () => {
    const names = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.stringMatching(/^[a-z./@_~-]{1,12}$/),
    )
    fc.assert(
      fc.property(names, names, (one, other) => {
        const branch = branchName('promote', 'prod', one)
        expect(branch).toMatch(/^gitops\/promote\/prod\/[A-Za-z0-9_./-]+$/)
        expect(branch).not.toMatch(/\.\.|\/\/|\/[.-]|\.lock(?:\/|$)|[./]$/)
        expect(branch.length).toBeLessThanOrEqual(200)
        expect(branch).not.toBe(branchName('promote', 'prod', undefined))
        if (one !== other) expect(branch).not.toBe(branchName('promote', 'prod', other))
      }),
    )
  })
})

describe('a title', () => {
  const titleOf = (files: Files, rest = '') => planFor([files], { config: CHAIN + rest }).pullRequests[0]?.title

  test.each<[what: string, files: Files, rest: string, title: string]>([
    ['one version', web({ staging: 'web:v2', prod: 'web:v1' }), '', 'Promote web to prod: v2'],
    ['several', web({ staging: ['web:v2', 'log:v3'], prod: ['web:v1', 'log:v1'] }), '', 'Promote web to prod: v2, v3'],
    [
      'the same twice',
      web({ staging: ['web:v2', 'log:v2'], prod: ['web:v1', 'log:v1'] }),
      '',
      'Promote web to prod: v2',
    ],
    [
      'a digest alone',
      web({ staging: `web@sha256:${'b'.repeat(64)}`, prod: `web@sha256:${'a'.repeat(64)}` }),
      '',
      'Promote web to prod: bbbbbbbbbbbb',
    ],
    [
      'a name that mentions',
      web({ staging: 'web:v2', prod: 'web:v1' }, '@org'),
      '',
      'Promote an application to prod: v2',
    ],
    [
      'a name that is a reference',
      web({ staging: 'web:v2', prod: 'web:v1' }, 'x#1'),
      '',
      'Promote an application to prod: v2',
    ],
    [
      'a template',
      web({ staging: 'web:v2', prod: 'web:v1' }),
      'pull-request: { title: "chore({env}): {app} {version} from {from} {x} $1 {{app}}" }',
      'chore(prod): web v2 from staging {x} $1 {web}',
    ],
  ])('%s', (_, files, rest, title) => {
    expect(titleOf(files, rest)).toBe(title)
  })

  test('has at most 120 characters', () => {
    const tags = (version: string) =>
      Array.from({ length: 9 }, (_, at) => `web${at}:${version}.${at}-${'x'.repeat(20)}`)
    expect(titleOf(web({ staging: tags('2'), prod: tags('1') }))).toBe('Promote web to prod: 9 versions')
    const long = titleOf({
      [`envs/staging/${'a'.repeat(150)}/kustomization.yaml`]: kustomization('web:v2'),
      [`envs/prod/${'a'.repeat(150)}/kustomization.yaml`]: kustomization('web:v1'),
    })
    expect(long).toHaveLength(120)
    expect(long).toMatch(/^Promote a+…$/)
  })
})
