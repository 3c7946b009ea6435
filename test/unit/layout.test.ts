import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fillLayout, type Layout, levelsOf, parseLayout } from '../../src/config/layout.ts'
import { matchLayout } from '../../src/config/layout-match.ts'

function layout(text: string): Layout {
  const parsed = parseLayout(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}

function match(text: string, path: string, environments?: string[]) {
  const found = matchLayout(layout(text), path, environments && new Set(environments))
  return found && { ...found, levels: Object.fromEntries(found.levels) }
}

describe('a template is refused', () => {
  const FOLDER = 'must not have an empty folder, "." or ".."'
  const STAR = 'must have * only as a whole folder, and never **'
  const RELATIVE = 'must be relative to the repository root, with "/" between folders'
  const BRACES = 'must have levels such as {env} or {region}, and no other braces'
  test.each([
    ['', 'must be a path template such as envs/{env}/{app}'],
    ['  ', 'must be a path template such as envs/{env}/{app}'],
    ['/', RELATIVE],
    ['/envs/{env}', RELATIVE],
    ['~', RELATIVE],
    ['~/envs/{env}', RELATIVE],
    ['envs\\{env}', RELATIVE],
    ['..', FOLDER],
    ['../{env}', FOLDER],
    ['envs/../{env}', FOLDER],
    ['envs/./{env}', FOLDER],
    ['envs//{env}', FOLDER],
    ['.', FOLDER],
    ['**', STAR],
    ['envs/**/{env}', STAR],
    ['values-*.yaml', STAR],
    ['{env', BRACES],
    ['{}', BRACES],
    ['{a b}', BRACES],
    ['{{env}}', BRACES],
    ['{env}{app}', 'must have something between two levels'],
    ['{a}-{b}-{c}', 'must have at most two levels in one folder'],
  ])('%j: %s', (text, problem) => {
    expect(parseLayout(text)).toEqual({ ok: false, problem })
  })
})

test.each(['$(id)', '`id`', '$HOME'])('%s is literal', (text) => {
  expect(match(`${text}/{env}`, `${text}/prod`)?.env).toBe('prod')
})

test('a workflow expression is no template', () => {
  expect(parseLayout('$' + '{{ github.ref }}/{env}')).toMatchObject({ ok: false })
})

describe('a path is read', () => {
  test.each([
    ['envs/{env}/{app}', 'envs/prod/web', { env: 'prod', app: 'web', root: 'envs/prod/web', below: '' }],
    [
      'envs/{env}/{app}',
      'envs/prod/web/base/deploy.yaml',
      { env: 'prod', app: 'web', root: 'envs/prod/web', below: 'base/deploy.yaml' },
    ],
    ['./envs/{env}/{app}/', 'envs/prod/web', { env: 'prod', app: 'web' }],
    ['apps/{app}/overlays/{env}', 'apps/web/overlays/dev/kustomization.yaml', { env: 'dev', app: 'web' }],
    ['deploy/{app}/values-{env}.yaml', 'deploy/web/values-prod-eu.yaml', { env: 'prod-eu', app: 'web', below: '' }],
    ['argocd/{env}/{app}.yaml', 'argocd/prod/web.yaml', { env: 'prod', app: 'web' }],
    ['clusters/{env}/{region}/{app}', 'clusters/prod/eu/web/x', { env: 'prod', app: 'eu/web' }],
    ['{app}/{env}/{cluster}', 'web/prod/c1/x', { env: 'prod', app: 'web/c1' }],
    ['envs/{env}', 'envs/prod/x.yaml', { env: 'prod', app: 'envs' }],
    ['shop/values-{env}.yaml', 'shop/values-prod.yaml', { env: 'prod', app: 'shop' }],
    ['values-{env}.yaml', 'values-prod.yaml', { env: 'prod', app: undefined }],
    ['{env}/values.yaml', 'prod/values.yaml', { env: 'prod', app: undefined }],
    ['teams/*/{env}/{app}', 'teams/red/prod/web', { env: 'prod', app: 'web' }],
    ['{app}/{env}/{app}.yaml', 'web/prod/web.yaml', { env: 'prod', app: 'web' }],
    ['{env}/{app}-{env}.yaml', 'prod/my-web-prod.yaml', { env: 'prod', app: 'my-web' }],
    ['production/{app}', 'production/web/x', { app: 'web' }],
  ])('by %s: %s', (text, path, expected) => {
    expect(match(text, path)).toMatchObject(expected)
  })

  test.each([
    ['envs/{env}/{app}', 'envs/prod', 'too short'],
    ['envs/{env}/{app}', 'other/prod/web', 'another folder'],
    ['envs/{env}/{app}', 'envs/prod/kustomization.yaml', 'a file where an application should be'],
    ['envs/{env}/*', 'envs/prod/x.yaml', 'a file where a folder should be'],
    ['envs/{env}/{app}', 'envs//web/x', 'an empty folder'],
    ['values-{env}.yaml', 'values-.yaml', 'an empty level'],
    ['values-{env}.yaml', 'values.yaml', 'overlapping literals'],
    ['{app}/{env}/{app}.yaml', 'web/prod/api.yaml', 'a level with two values'],
    ['{app}-{env}', 'web', 'no separator'],
    ['{app}-{env}', '-prod', 'an empty level before the separator'],
    ['{env}/{app}', '', 'the root'],
  ])('%s says nothing of %j: %s', (text, path) => {
    expect(match(text, path)).toBeUndefined()
  })

  test.each([
    ['{app}-{env}', 'web-prod-eu', undefined, { env: 'eu', app: 'web-prod' }],
    ['{app}-{env}', 'web-prod-eu', ['prod-eu', 'eu-prod'], { env: 'prod-eu', app: 'web' }],
    ['{env}-{app}', 'prod-my-web', undefined, { env: 'prod', app: 'my-web' }],
    ['{env}-{app}', 'prod-eu-web', ['prod-eu'], { env: 'prod-eu', app: 'web' }],
    ['{env}/{region}-{app}', 'prod/eu-my-web', undefined, { env: 'prod', app: 'eu/my-web' }],
  ])('%s tells %s apart with environments %j', (text, path, environments, expected) => {
    expect(match(text, path, environments)).toMatchObject(expected)
  })

  test('an environment that is not known is none', () => {
    expect(match('envs/{env}/{app}', 'envs/common/web/x', ['dev', 'prod'])).toBeUndefined()
  })

  test('levels carry names that objects have of themselves', () => {
    expect(match('{constructor}/{env}', 'x/__proto__')).toMatchObject({ env: '__proto__', app: 'x' })
  })
})

describe('fillLayout', () => {
  const levels = new Map([
    ['env', 'prod'],
    ['app', 'web'],
  ])
  test.each([
    ['envs/{env}/{app}', 'envs/prod/web'],
    ['deploy/{app}/values-{env}.yaml', 'deploy/web/values-prod.yaml'],
    ['teams/*/{env}', undefined],
    ['{region}/{env}', undefined],
  ])('%s gives %j', (text, path) => {
    expect(fillLayout(layout(text), levels)).toBe(path)
  })

  test.each(['..', '.', 'a/b', ''])('a level %j leads nowhere', (value) => {
    expect(fillLayout(layout('envs/{env}'), new Map([['env', value]]))).toBeUndefined()
  })

  const literal = fc.stringMatching(/^[a-z][a-z.]{0,5}[a-z]$/)
  const level = fc.constantFrom('env', 'app', 'region')
  const segment = fc.oneof(
    literal,
    level.map((name) => `{${name}}`),
    fc.tuple(literal, level, literal).map(([before, name, after]) => `${before}-{${name}}-${after}`),
  )
  const template = fc.array(segment, { minLength: 1, maxLength: 6 }).map((segments) => segments.join('/'))
  const value = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,8}$/)

  test('is read back by matchLayout, also from below', () => {
    fc.assert(
      fc.property(template, value, value, value, value, (text, env, app, region, below) => {
        const filled = fillLayout(layout(text), new Map(Object.entries({ env, app, region })))
        expect(filled).toBeDefined()
        const used = Object.fromEntries(
          Object.entries({ env, app, region }).filter(([name]) => text.includes(`{${name}}`)),
        )
        expect(match(text, filled as string)).toMatchObject({ levels: used, root: filled, below: '' })
        expect(match(text, `${filled}/${below}`)).toMatchObject({ levels: used, root: filled, below })
        expect(new Set(levelsOf(layout(text)))).toEqual(new Set(Object.keys(used)))
      }),
    )
  })

  // Small alphabets, so that levels and separators meet.
  const ambiguous = fc.constantFrom(
    '{app}-{env}',
    '{env}-{app}/x',
    '{app}-{env}/{env}',
    '{env}/{app}-{env}',
    'a{env}-/{app}',
  )
  const path = fc.stringMatching(/^[ax-]{1,6}(?:\/[ax-]{1,6}){0,2}$/)

  test('gives the start of a path that matched', () => {
    fc.assert(
      fc.property(ambiguous, path, (text, path) => {
        const found = matchLayout(layout(text), path)
        fc.pre(found !== undefined)
        expect(fillLayout(layout(text), found?.levels ?? new Map())).toBe(found?.root)
        expect([found?.root, ...(found?.below ? [found.below] : [])].join('/')).toBe(path)
      }),
      { numRuns: 200, maxSkipsPerRun: 100 },
    )
  })
})
