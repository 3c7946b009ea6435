import { describe, expect, test } from 'vitest'
import { recognise } from '../../src/kubernetes/manifest.ts'

const map = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })

describe('what a document is', () => {
  test.each<[what: string, value: unknown, is: string]>([
    ['a resource', map('a'), 'resources'],
    ['no mapping', ['a'], 'none'],
    ['a string', 'text', 'none'],
    ['null', null, 'none'],
    ['neither field', { a: 1 }, 'none'],
    ['an inherited name', { constructor: 1, __proto__: null }, 'none'],
    ['kind alone', { kind: 'ConfigMap' }, 'faulty'],
    ['apiVersion alone', { apiVersion: 'v1' }, 'faulty'],
    ['kind a number', { apiVersion: 'v1', kind: 1 }, 'faulty'],
    ['both null', { apiVersion: null, kind: null }, 'faulty'],
    ['empty', { apiVersion: '', kind: '' }, 'faulty'],
    ['a path in kind', { apiVersion: 'v1', kind: '../../etc/passwd' }, 'faulty'],
    ['a URL in apiVersion', { apiVersion: 'http://x/v1', kind: 'A' }, 'faulty'],
    ['two slashes', { apiVersion: 'a/b/v1', kind: 'A' }, 'faulty'],
    ['a line break in kind', { apiVersion: 'v1', kind: 'A\nB' }, 'faulty'],
    ['a kustomization', { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }, 'kustomization'],
    ['a kind cluster', { apiVersion: 'kind.x-k8s.io/v1alpha4', kind: 'Cluster' }, 'none'],
    ['a kubeconfig', { apiVersion: 'v1', kind: 'Config', clusters: [] }, 'none'],
  ])('%s', (_, value, is) => {
    expect(recognise(value, 'a.yaml').is).toBe(is)
  })

  test('JSON without apiVersion is no manifest, YAML is a faulty one', () => {
    expect(recognise({ kind: 'library' }, 'package.json').is).toBe('none')
    expect(recognise({ kind: 'library' }, 'package.yaml').is).toBe('faulty')
    expect(recognise({ apiVersion: 'v1' }, 'x.json').is).toBe('faulty')
  })
})

describe('Lists stand for their items', () => {
  const items = (value: unknown) => {
    const manifest = recognise(value, 'a.yaml')
    if (manifest.is !== 'resources') throw new Error(manifest.is)
    return manifest.items.map((item) => [item.path.join('.'), item.fault === undefined ? item.value.kind : 'fault'])
  }
  const list = (...of: unknown[]) => ({ apiVersion: 'v1', kind: 'List', items: of })

  test.each<[what: string, value: unknown, expected: unknown[]]>([
    [
      'two items',
      list(map('a'), map('b')),
      [
        ['items.0', 'ConfigMap'],
        ['items.1', 'ConfigMap'],
      ],
    ],
    [
      'a List in a List',
      list(map('a'), list(list(map('b')))),
      [
        ['items.0', 'ConfigMap'],
        ['items.1.items.0.items.0', 'ConfigMap'],
      ],
    ],
    ['empty', list(), []],
    ['null items', { apiVersion: 'v1', kind: 'List', items: null }, []],
    ['no items', { apiVersion: 'v1', kind: 'List' }, []],
    ['items no list', { apiVersion: 'v1', kind: 'List', items: {} }, [['items', 'fault']]],
    [
      'a bad member',
      list('text', map('a'), null),
      [
        ['items.0', 'fault'],
        ['items.1', 'ConfigMap'],
        ['items.2', 'fault'],
      ],
    ],
    ['a member without kind', list({ apiVersion: 'v1' }), [['items.0', 'fault']]],
    ['a member with a wrong kind', list({ apiVersion: 'v1', kind: 1 }), [['items.0.kind', 'fault']]],
    [
      'a typed list implies kind',
      { apiVersion: 'v1', kind: 'ConfigMapList', items: [{ metadata: {} }] },
      [['items.0', 'ConfigMap']],
    ],
    [
      'a kind that only ends so',
      { apiVersion: 'example.com/v1', kind: 'AllowList', spec: {}, items: [] },
      [['', 'AllowList']],
    ],
  ])('%s', (_, value, expected) => {
    expect(items(value)).toEqual(expected)
  })
})
