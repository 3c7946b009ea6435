import { describe, expect, test } from 'vitest'
import { environmentFinder } from '../../src/config/path-environment.ts'
import { readConfig } from '../../src/config/read.ts'
import { DEFAULT_CONFIG } from '../../src/config/schema.ts'
import { createTree } from '../../src/repository/tree.ts'
import type { Governed } from '../../src/source/operator.ts'
import { governedBy, governorOf } from '../../src/source/operator.ts'
import { select } from '../../src/source/selection.ts'
import { destinationOf } from '../../src/validate/destination.ts'

const tree = createTree(
  [
    'a.yaml',
    'b.yml',
    'c.json',
    'README.md',
    'Kustomization',
    'x/kustomization.yaml',
    'x/.hidden/d.yaml',
    'x/.e.yaml',
    'x/node_modules/f.yaml',
    'xy/g.YAML',
  ],
  () => new Uint8Array(),
)

describe('which files are looked at', () => {
  test.each<[paths: string[], ignore: string[], files: string[]]>([
    [[''], [], ['Kustomization', 'a.yaml', 'b.yml', 'c.json', 'x/.e.yaml', 'x/kustomization.yaml', 'xy/g.YAML']],
    [['x'], [], ['x/.e.yaml', 'x/kustomization.yaml']],
    [['x/.hidden'], [], ['x/.hidden/d.yaml']],
    [['x/node_modules'], [], ['x/node_modules/f.yaml']],
    [['README.md', 'x/node_modules/f.yaml'], [], ['README.md', 'x/node_modules/f.yaml']],
    [[''], ['*.yaml', 'x/**', '**/*.json'], ['Kustomization', 'b.yml', 'xy/g.YAML']],
    [[''], ['x', './xy/'], ['Kustomization', 'a.yaml', 'b.yml', 'c.json']],
    [['a.yaml'], ['**'], ['a.yaml']],
  ])('%j without %j', (paths, ignore, files) => {
    const { files: chosen, skipped } = select(tree, paths, ignore)
    expect([...chosen].sort()).toEqual(files)
    expect([...skipped.keys()].filter((path) => chosen.has(path))).toEqual([])
  })
})

describe('the environment of a folder', () => {
  const find = (config: string) => {
    const read = readConfig(config, '.gitops.yaml')
    return environmentFinder(read.ok ? read.config : DEFAULT_CONFIG)
  }
  const configured = find(`layout: envs/{env}/{app}
environments:
  dev: { kubernetes: "1.33" }
  prod: { from: dev, path: "live/{region}/{app}", cluster: eu }
`)

  test.each<[folder: string, name: string | undefined]>([
    ['envs/dev/web', 'dev'],
    ['envs/dev/web/templates', 'dev'],
    // No application, and yet the environment's.
    ['envs/dev', 'dev'],
    ['envs/other/web', undefined],
    ['envs/prod/web', undefined],
    ['live/west/web', 'prod'],
    ['apps/staging', undefined],
  ])('%s by the configuration', (folder, name) => {
    expect(configured(folder)?.name).toBe(name)
  })

  test('says what the configuration does', () => {
    expect(configured('envs/dev/web')).toEqual({ name: 'dev', kubernetes: '1.33' })
    expect(configured('live/west/web')).toEqual({ name: 'prod', cluster: 'eu' })
  })

  test.each([
    ['apps/web/overlays/staging', 'staging'],
    ['prod-eu/web', 'prod-eu'],
    ['apps/web', undefined],
    ['', undefined],
  ])('%s by its usual name', (folder, name) => {
    expect(find('')(folder)?.name).toBe(name)
  })
})

describe('where resources go', () => {
  const flux = (spec: object) => ({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', spec })
  const argo = (spec: object) => ({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', spec })

  test.each<[what: string, value: unknown, expected: Partial<Governed>[]]>([
    [
      'a Flux Kustomization',
      flux({ path: './apps', targetNamespace: 'shop', postBuild: { substitute: {} } }),
      [{ folder: 'apps', operator: 'flux', namespace: 'shop', substituted: true }],
    ],
    [
      'one for another cluster',
      flux({ path: 'apps', kubeConfig: { secretRef: { name: 'eu' } } }),
      [{ folder: 'apps', cluster: 'eu', substituted: false }],
    ],
    ['one without path is the root', flux({}), [{ folder: '', operator: 'flux' }]],
    ['one that leaves the repository', flux({ path: '../other' }), []],
    [
      'an Application',
      argo({ source: { path: 'web' }, destination: { name: 'a', namespace: 'shop' } }),
      [{ folder: 'web', operator: 'argocd', cluster: 'a', namespace: 'shop' }],
    ],
    [
      'one with sources',
      argo({ sources: [{ path: 'a' }, { chart: 'b' }, { path: 'c' }] }),
      [{ folder: 'a' }, { folder: 'c' }],
    ],
    ['a broken one', argo({ sources: [null, 1, { path: {} }], destination: 'x' }), []],
    [
      'kustomize’s own',
      { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', spec: { path: 'x' } },
      [],
    ],
    ['no mapping', ['x'], []],
  ])('%s', (_, value, expected) => {
    expect(governedBy(value)).toEqual(expected.map((each) => expect.objectContaining(each)))
  })

  test('the closest governor counts, else the environment, else the source', () => {
    const outer: Governed = { folder: 'a', operator: 'flux', substituted: false, cluster: 'one' }
    const inner: Governed = { folder: 'a/b', operator: 'argocd', substituted: false, cluster: 'two', namespace: 'n' }
    expect(governorOf([outer, inner], 'a/b/c')).toBe(inner)
    expect(governorOf([outer, inner], 'a/bc')).toBe(outer)
    expect(governorOf([outer, inner], 'b')).toBeUndefined()
    expect(destinationOf('a/b', { name: 'prod', cluster: 'three' }, [outer, inner], 'x')).toEqual({
      key: 'cluster two',
      namespace: 'n',
    })
    expect(destinationOf('z', { name: 'prod', cluster: 'three' }, [outer], 'x')).toEqual({
      key: 'cluster three',
      namespace: 'default',
    })
    expect(destinationOf('z', { name: 'prod' }, [outer], 'x')).toEqual({
      key: 'environment prod',
      namespace: 'default',
    })
    expect(destinationOf('z', undefined, [outer], 'x')).toEqual({ key: 'x' })
  })
})
