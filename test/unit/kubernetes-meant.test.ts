import { expect, test } from 'vitest'
import { apiLifecycle } from '../../src/kubernetes/api-lifecycle.ts'
import { openCatalog } from '../../src/kubernetes/catalog.ts'
import { openCustomCatalog } from '../../src/kubernetes/catalog-custom.ts'
import { resolveKind } from '../../src/kubernetes/schemas.ts'
import { validated } from './validate-world.ts'

const catalog = openCatalog()
const custom = openCustomCatalog()
const apis = { catalog, custom: () => custom, lifecycle: apiLifecycle }
const newest = catalog.minors.at(-1) as string

test.each<[written: string, kind: string, meant: string | undefined]>([
  ['app/v1', 'Deployment', 'apps/v1'],
  ['Apps/v1', 'Deployment', 'apps/v1'],
  ['app/v1beta1', 'Deployment', 'apps/v1'],
  ['bach/v1', 'CronJob', 'batch/v1'],
  ['networking/v1', 'Ingress', 'networking.k8s.io/v1'],
  ['apps.k8s.io/v1', 'Deployment', 'apps/v1'],
  ['rbac.authorisation.k8s.io/v1', 'Role', 'rbac.authorization.k8s.io/v1'],
  ['core/v1', 'Service', 'v1'],
  ['cert-manger.io/v1', 'Certificate', 'cert-manager.io/v1'],
  // Somebody else's kind of the same name.
  ['serving.example.dev/v1', 'Service', undefined],
  ['example.com/v1', 'Deployment', undefined],
  ['app/v1', 'Widget', undefined],
])('%s %s', (apiVersion, kind, meant) => {
  const resolution = resolveKind(apis, new Map(), newest, apiVersion, kind)
  expect(resolution).toEqual({ is: 'unvalidated', reason: 'no schema known', ...(meant && { meant }) })
})

test('the finding says so, and weighs what it did', async () => {
  const { report } = await validated({ 'a.yaml': 'apiVersion: app/v1\nkind: Deployment\nmetadata: { name: a }\n' })
  expect(report.findings).toEqual([
    expect.objectContaining({
      rule: 'schema/unvalidated',
      severity: 'warning',
      message: 'app/v1 Deployment was not checked: no schema known; did you mean apps/v1?',
      line: 2,
    }),
  ])
  expect(report.coverage).toEqual([expect.objectContaining({ reason: 'no schema known' })])
})
