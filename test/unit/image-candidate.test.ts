import { expect, test } from 'vitest'
import { chartFolders, isCandidate } from '../../src/image/candidate.ts'

const charts = chartFolders(['Chart.yaml.bak', 'charts/web/Chart.yaml', 'charts/web/values.yaml', 'x/y.yaml'])

test.each([
  ['envs/prod/web/kustomization.yaml', true],
  ['envs/prod/web/Kustomization', true],
  ['values.yml', true],
  ['config/prod.json', true],
  ['image-tags/prod/web', true],
  ['charts/web/values.yaml', true],
  ['charts/web/Chart.yaml', true],
  ['templates/web.yaml', true],
  ['apps/templates/web.yaml', true],
  ['charts/web/templates/deployment.yaml', false],
  ['charts/web/templates/nested/deployment.yaml', false],
  ['charts/web/Chart.lock', false],
  ['README.md', false],
  ['README', false],
  ['Dockerfile', false],
  ['package.json', false],
  ['main.tf', false],
  ['values.yaml.gotmpl', false],
  ['.github/workflows/ci.yaml', false],
  ['.gitops.yaml', false],
  ['a/node_modules/b/c.yaml', false],
])('%s: %s', (path, expected) => {
  expect(isCandidate(path, charts)).toBe(expected)
})

test('a chart at the root of the repository hides the templates there', () => {
  expect(isCandidate('templates/web.yaml', chartFolders(['Chart.yaml']))).toBe(false)
  expect(isCandidate('templates/web.yaml', chartFolders([]))).toBe(true)
})
