import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.ts'
import { DEFAULT_CONFIG } from '../../src/config/schema.ts'
import { readLayout, UnsureLayout } from '../../src/promote/layout.ts'
import { UsageError } from '../../src/report/failure.ts'

function layoutOf(paths: readonly string[], config = '') {
  const read = readConfig(config, '.gitops.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const files = paths.map((path) => ({ path, deploysItself: path.startsWith('argocd/') }))
  return readLayout(read.config, () => files)
}

/** `a/{dev,prod}/b` for every name in braces. */
function expand(path: string): string[] {
  const [all, names] = /\{([^{}]*,[^{}]*)\}/.exec(path) ?? []
  if (all === undefined || names === undefined) return [path]
  return names.split(',').flatMap((name) => expand(path.replaceAll(all, name)))
}

function doubt(paths: readonly string[], config = ''): UnsureLayout {
  try {
    layoutOf(paths, config)
  } catch (error) {
    if (error instanceof UnsureLayout) return error
    throw error
  }
  throw new Error('no doubt')
}

describe('a layout is inferred', () => {
  test.each([
    ['envs/{dev,staging,prod}/{web,api}/kustomization.yaml', 'envs/{env}/{app}', 'api@dev', 'dev staging prod'],
    ['apps/{web,api}/overlays/{dev,prod}/kustomization.yaml', 'apps/{app}/overlays/{env}', 'api@dev', 'dev prod'],
    ['apps/web/overlays/{dev,prod}/kustomization.yaml', 'apps/{app}/overlays/{env}', 'web@dev', 'dev prod'],
    ['{web,api}/{develop,production}/values.yaml', '{app}/{env}', 'api@develop', 'develop production'],
    ['web/{dev,prod}/values.yaml', '{app}/{env}', 'web@dev', 'dev prod'],
    ['clusters/{staging,production}/apps/web.yaml', 'clusters/{env}/{app}', 'apps@production', 'staging production'],
    ['deploy/{web,api}/values-{dev,uat,prod}.yaml', 'deploy/{app}/values-{env}.yaml', 'api@dev', 'dev uat prod'],
    ['deploy/web/values-{dev,prod}.yaml', 'deploy/{app}/values-{env}.yaml', 'web@dev', 'dev prod'],
    ['{web,api}/{dev,prod}.yaml', '{app}/{env}.yaml', 'api@dev', 'dev prod'],
    ['argocd/{dev,stage,prod}/{web,api}.yaml', 'argocd/{env}/{app}.yaml', 'api@dev', 'dev stage prod'],
    ['tags/{test,prod}/{web,api}', 'tags/{env}/{app}', 'api@prod', 'test prod'],
    ['envs/{dev,prod}/{a,b}.yaml', 'envs/{env}', 'envs@dev', 'dev prod'],
    ['{dev,prod}/{web,api}/deployment.json', '{env}/{app}', 'api@dev', 'dev prod'],
    ['{team-a,team-b}/{web,api}/{dev,prod}/x.yaml', '{level1}/{app}/{env}', 'team-a/api@dev', 'dev prod'],
    ['envs/{staging,prod-eu-1}/{web,api}/x.yaml', 'envs/{env}/{app}', 'api@prod-eu-1', 'staging prod-eu-1'],
  ])('%s', (pattern, layout, place, environments) => {
    const paths = expand(pattern)
    const found = layoutOf(paths)
    expect(found.layout?.text).toBe(layout)
    expect([...found.environments.keys()].join(' ')).toBe(environments)
    expect(found.inferred).toBe(true)
    const places = paths.map((path) => found.applicationAt(path)).map((at) => `${at?.app}@${at?.environment}`)
    expect(places.sort()[0]).toBe(place)
    expect(places).not.toContain('undefined@undefined')
    expect(layoutOf([...paths].reverse()).layout?.text).toBe(layout)
  })

  test('each environment comes from the one before it', () => {
    const { environments } = layoutOf(expand('envs/{prod,staging,dev}/{web,api}/a.yaml'))
    expect([...environments].map(([name, { from }]) => [name, from?.environments])).toEqual([
      ['dev', undefined],
      ['staging', ['dev']],
      ['prod', ['staging']],
    ])
  })

  test('a small other direction is told, not followed', () => {
    const paths = [
      ...expand('apps/{staging,production}/{a,b,c,d}/release.yaml'),
      ...expand('infrastructure/{staging,production}/dns/release.yaml'),
    ]
    const found = layoutOf(paths)
    expect(found.layout?.text).toBe('apps/{env}/{app}')
    expect(found.outside).toEqual([
      'infrastructure/production/dns/release.yaml',
      'infrastructure/staging/dns/release.yaml',
    ])
  })
})

describe('what is not certain is never guessed', () => {
  test.each([
    ['two of one rank', 'envs/{dev,test,qa,prod}/{web,api}/a.yaml', 'qa and test have the same rank'],
    ['siblings by region', 'envs/{staging,prod-eu,prod-us}/{web,api}/a.yaml', 'prod-eu and prod-us'],
    ['a name that stands anywhere', 'envs/{integration,staging,prod}/{web,api}/a.yaml', 'where integration comes in'],
    ['no environments', 'charts/{web,api}/values.yaml', 'no folders or files were found'],
    ['one environment', 'envs/{prod,base}/{web,api}/a.yaml', 'no folders or files were found'],
    ['suffixes of applications', 'apps/{web-dev,web-prod}/a.yaml', 'no folders or files were found'],
    ['unrelated siblings of one rank', 'tests/{test,testing}/{a,b}/x.yaml', 'no folders or files were found'],
  ])('%s', (_, pattern, message) => {
    const error = doubt(expand(pattern))
    expect(error).toBeInstanceOf(UsageError)
    expect(error.message).toContain(message)
    expect(error.message).not.toContain('\n')
  })

  test('what else could be promoted is told where nothing was found', () => {
    const more = 'that hold versions (of images alone, unless promote: [images, charts, refs] asks for more) and repeat'
    expect(doubt([]).message).toContain(more)
    expect(doubt([], 'promote: [images, charts, refs]').message).toContain('that hold versions and repeat')
  })

  test('two layouts that fit equally well', () => {
    const error = doubt([...expand('apps/{dev,prod}/{web,api}/a.yaml'), ...expand('infra/{dev,prod}/{dns,tls}/a.yaml')])
    expect(error.attachment).toBe(
      'layout: apps/{env}/{app}\n# layout: infra/{env}/{app}\nenvironments:\n  dev:\n  prod: { from: dev }\n',
    )
  })

  test('the proposal is a configuration that is in force once committed', () => {
    const paths = expand('{web,api}/overlays/{dev,qa,test,prod}/a.yaml')
    const { attachment: proposal } = doubt(paths)
    expect(proposal).toBe(`layout: "{app}/overlays/{env}"
environments:
  dev:
  qa: { from: dev }
  test: { from: dev }
  prod: { from: [qa, test] }
`)
    expect(layoutOf(paths, proposal).inferred).toBe(false)
  })
})

describe('a configuration', () => {
  test('may leave the layout to the tree', () => {
    const found = layoutOf(
      expand('envs/{blue,green,base}/{web,api}/a.yaml'),
      'environments: { blue: , green: { from: blue } }',
    )
    expect(found.layout?.text).toBe('envs/{env}/{app}')
    expect(found.inferred).toBe(false)
    expect(found.applicationAt('envs/base/web/a.yaml')).toBeUndefined()
  })

  test('may leave the environments to the layout', () => {
    const paths = expand('x/{dev,prod,base}/{web,api}/a.yaml')
    expect([...layoutOf(paths, 'layout: x/{env}/{app}').environments.keys()]).toEqual(['dev', 'prod'])
  })

  test('with names that nobody knows, and a layout alone, is not enough', () => {
    expect(doubt(expand('x/{blue,green}/web/a.yaml'), 'layout: x/{env}/{app}').attachment).toContain(
      '  blue:\n  green:',
    )
  })

  test('without any edge promotes nothing: that is told', () => {
    const error = doubt([], 'layout: x/{env}/{app}\nenvironments: { first: , second: , third: }')
    expect(error.message).toContain('no environment says with from:')
    expect(error.attachment).toContain('  first:\n  second: { from: first }\n  third: { from: second }\n')
  })

  test('is enough by itself', () => {
    const config = 'layout: x/{env}/{app}\nenvironments: { a: , b: { from: a, path: "y/{app}" } }'
    const read = readConfig(config, '.gitops.yaml')
    const found = readLayout(read.ok ? read.config : DEFAULT_CONFIG, () => {
      throw new Error('asked for the files')
    })
    expect(found.applicationAt('y/web/z.yaml')).toMatchObject({ environment: 'b', app: 'web' })
  })
})
