import { describe, expect, test } from 'vitest'
import { mapByLayout } from '../../src/config/layout-map.ts'
import { readConfig } from '../../src/config/read.ts'
import { DEFAULT_CONFIG } from '../../src/config/schema.ts'

function mapOf(text: string) {
  const read = readConfig(text, '.gitops.yaml')
  return mapByLayout(read.ok ? read.config : DEFAULT_CONFIG)
}

const map = mapOf(`layout: envs/{env}/{app}
environments:
  dev:
  staging: { from: dev }
  prod:
    from: staging
    path: production/{region}/{app}
  canary:
    from: staging
    path: production/canary/{app}
`)

describe('a path belongs to', () => {
  test.each([
    ['envs/dev/web/kustomization.yaml', 'dev', 'web', 'envs/dev/web', 'kustomization.yaml'],
    ['production/eu/web/a/b.yaml', 'prod', 'eu/web', 'production/eu/web', 'a/b.yaml'],
    ['production/canary/web', 'canary', 'web', 'production/canary/web', ''],
  ])('%s', (path, environment, app, root, below) => {
    expect(map.applicationAt(path)).toMatchObject({ environment, app, root, below })
    expect(map.environmentAt(path)).toBe(environment)
  })

  test.each([
    ['envs/dev/kustomization.yaml', 'dev'],
    ['envs/dev', 'dev'],
    ['production/kustomization.yaml', 'prod'],
    ['production/canary/kustomization.yaml', 'canary'],
  ])('%s: an environment, but no application', (path, environment) => {
    expect(map.applicationAt(path)).toBeUndefined()
    expect(map.environmentAt(path)).toBe(environment)
  })

  test.each([
    ['envs/common/web/a.yaml', 'an environment that is none'],
    ['envs/prod/web/a.yaml', 'one whose applications are elsewhere'],
    ['base/web/a.yaml', 'no environment'],
    ['', 'the root'],
  ])('%s: nothing, %s', (path) => {
    expect(map.applicationAt(path)).toBeUndefined()
    expect(map.environmentAt(path)).toBeUndefined()
  })
})

test('without named environments the layout says which there are', () => {
  const map = mapOf('layout: "{app}/overlays/{env}"')
  expect(map.applicationAt('web/overlays/eu-1/x')).toMatchObject({ environment: 'eu-1', app: 'web' })
  expect(map.environmentAt('web/base/x')).toBeUndefined()
})

test('without a layout nothing is known', () => {
  const map = mapByLayout(DEFAULT_CONFIG)
  expect(map.applicationAt('envs/dev/web/x')).toBeUndefined()
  expect(map.environmentAt('envs/dev/web/x')).toBeUndefined()
})
