import { expect, test } from 'vitest'
import { placed, validated } from './validate-world.ts'

test.each<[what: string, manifest: string, told: string[]]>([
  ['no name', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels: { a: b }\n', ['schema/missing a/map.yaml:3:1']],
  ['no metadata', 'apiVersion: v1\nkind: ConfigMap\ndata: { a: b }\n', ['schema/missing a/map.yaml:2:1']],
  ['name: null', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name:\n', ['schema/invalid a/map.yaml:4:8']],
  ['no kind', 'apiVersion: v1\nmetadata: { name: a }\n', ['manifest/kind a/map.yaml:1:1']],
  [
    'one of several',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {}\n',
    ['schema/missing a/map.yaml:7:1'],
  ],
])('a manifest with %s is told in its own file', async (_, manifest, told) => {
  const { report, code } = await validated({
    'a/kustomization.yaml': 'resources: [map.yaml]\n',
    'a/map.yaml': manifest,
  })
  expect(report.findings.map(placed)).toEqual(told)
  expect(report.findings[0]).toMatchObject({ source: 'a' })
  expect(code).toBe(1)
})

test('once, however many overlays include it', async () => {
  const { report } = await validated({
    'a/kustomization.yaml': 'resources: [map.yaml]\n',
    'a/map.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
    'b/kustomization.yaml': 'resources: [../a]\n',
    'c/kustomization.yaml': 'resources: [../a]\n',
  })
  expect(report.findings.map(placed)).toEqual(['schema/missing a/map.yaml:2:1'])
  expect(report.findings[0]?.sources).toBe(2)
})

test('a patch needs no name of its own, and what else is wrong is told as it was', async () => {
  const { report } = await validated({
    'a/kustomization.yaml':
      'resources: [map.yaml]\npatches:\n  - { path: patch.yaml, target: { kind: ConfigMap } }\n  - { path: other.yaml }\n',
    'a/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    'a/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: any }\ndata: { a: b }\n',
    'a/other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: gone }\ndata: { a: b }\n',
  })
  expect(report.findings.map(({ rule }) => rule)).toEqual(['render/kustomize'])
})
