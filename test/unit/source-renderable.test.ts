import { expect, test } from 'vitest'
import { command } from '../effects/command-world.ts'
import { repositoryOfFiles } from './validate-world.ts'

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n'
const FILES = {
  'apps/web/base/kustomization.yaml': 'resources: [map.yaml]\n',
  'apps/web/base/map.yaml': MAP,
  'apps/web/prod/kustomization.yml': 'resources: [../base]\n',
  'charts/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
  'charts/api/templates/map.yaml': MAP,
  'charts/api/charts/sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
  'plain/map.yaml': MAP,
}
const ALL = 'apps/web/base, apps/web/prod, charts/api'

test.each<[path: string, told: string]>([
  ['.', `. has neither a kustomization.yaml nor a Chart.yaml; name what to render: ${ALL}.`],
  [
    'apps',
    'apps has neither a kustomization.yaml nor a Chart.yaml; name what to render: apps/web/base, apps/web/prod.',
  ],
  ['plain', `plain has neither a kustomization.yaml nor a Chart.yaml; name what to render: ${ALL}.`],
  ['plain/map.yaml', `plain/map.yaml is a file; name what to render: ${ALL}.`],
  ['apps/web/prod/kustomization.yml', 'kustomization.yml is a file, and folders are rendered; name apps/web/prod.'],
])('render %s is a usage error that names the folders', async (path, told) => {
  const { code, stdout, stderr } = await command(['render', path], repositoryOfFiles(FILES))
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(told)
})

test('many folders are not all named', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`a${i}/kustomization.yaml`, 'resources: []\n']),
  )
  expect((await command(['render'], repositoryOfFiles(files))).stderr).toMatch(
    /render: a0, a1, a10, .*, and 4 more\.\n/,
  )
})

test('where there is nothing to render', async () => {
  const { code, stderr } = await command(['render'], repositoryOfFiles({ 'map.yaml': MAP }))
  expect([code, stderr]).toEqual([2, expect.stringContaining('gitops validate checks plain manifests.')])
})

test.each(['apps/web/prod', 'charts/api', 'charts/api/charts/sub'])('render %s renders', async (path) => {
  const { code, stderr } = await command(['render', path], repositoryOfFiles(FILES))
  expect([code, stderr]).toEqual([0, ''])
})
