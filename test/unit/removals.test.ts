import { describe, expect, test } from 'vitest'
import { apiLifecycle } from '../../src/kubernetes/api-lifecycle.ts'
import { compareVersions } from '../../src/kubernetes/api-version.ts'
import { openCatalog } from '../../src/kubernetes/catalog.ts'
import { openCustomCatalog } from '../../src/kubernetes/catalog-custom.ts'
import { compareMinors } from '../../src/kubernetes/catalog-minor.ts'
import { DEPRECATIONS, OPERATOR_DEPRECATIONS } from '../../src/kubernetes/deprecations.ts'
import { REMOVALS } from '../../src/kubernetes/removals.ts'

const catalog = openCatalog()
const newest = catalog.minors.at(-1) ?? ''
const everyKind = new Map(
  catalog.minors
    .flatMap((minor) => [...catalog.kinds(minor)])
    .map(({ apiVersion, kind }) => [`${apiVersion} ${kind}`, catalog.minorsServing(apiVersion, kind)]),
)
const vanished = [...everyKind].filter(([, minors]) => minors.at(-1) !== newest)

describe('apiLifecycle', () => {
  test.each([
    ['extensions/v1beta1', 'Ingress', '1.14', '1.22', 'networking.k8s.io/v1'],
    ['extensions/v1beta1', 'Deployment', '1.8', '1.16', 'apps/v1'],
    ['apps/v1beta2', 'StatefulSet', '1.9', '1.16', 'apps/v1'],
    ['networking.k8s.io/v1beta1', 'Ingress', '1.19', '1.22', 'networking.k8s.io/v1'],
    ['networking.k8s.io/v1beta1', 'IPAddress', '1.34', '1.37', 'networking.k8s.io/v1'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '1.16', '1.22', 'apiextensions.k8s.io/v1'],
    ['policy/v1beta1', 'PodDisruptionBudget', '1.21', '1.25', 'policy/v1'],
    ['policy/v1beta1', 'PodSecurityPolicy', '1.21', '1.25', undefined],
    ['batch/v1beta1', 'CronJob', '1.21', '1.25', 'batch/v1'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.23', '1.26', 'autoscaling/v2'],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.29', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
    ['v1', 'Endpoints', '1.33', undefined, 'discovery.k8s.io/v1 EndpointSlice'],
    ['v1', 'ComponentStatus', '1.19', undefined, undefined],
    ['settings.k8s.io/v1alpha1', 'PodPreset', undefined, '1.20', undefined],
  ])('%s %s', (apiVersion, kind, deprecatedIn, removedIn, replacement) => {
    expect(apiLifecycle(apiVersion, kind)).toEqual({
      ...(deprecatedIn && { deprecatedIn }),
      ...(removedIn && { removedIn }),
      ...(replacement && { replacement }),
    })
  })

  test('names the operator of a custom kind, and no Kubernetes minor', () => {
    expect(apiLifecycle('helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease')).toEqual({
      operator: 'Flux',
      replacement: 'helm.toolkit.fluxcd.io/v2',
    })
  })

  test.each([
    ['apps/v1', 'Deployment'],
    ['v1', 'Pod'],
    ['batch/v1beta1', 'Job'],
    ['constructor', 'name'],
  ])('knows nothing of %s %s', (apiVersion, kind) => {
    expect(apiLifecycle(apiVersion, kind)).toBeUndefined()
  })
})

describe('against the catalog', () => {
  test('some kinds vanish', () => expect(vanished.length).toBeGreaterThan(30))

  test.each(vanished)(
    '%s is known to be removed, after the last minor that serves it and by the next',
    (name, minors) => {
      const [apiVersion = '', kind = ''] = name.split(' ')
      const last = minors.at(-1) ?? ''
      const next = catalog.minors[catalog.minors.indexOf(last) + 1] ?? ''
      const removedIn = apiLifecycle(apiVersion, kind)?.removedIn ?? 'never'
      expect(removedIn).toMatch(/^1\.\d+$/)
      expect(compareMinors(removedIn, last)).toBeGreaterThan(0)
      expect(compareMinors(removedIn, next)).toBeLessThanOrEqual(0)
    },
  )

  test('nothing counts as removed while it is served', () => {
    for (const [apiVersion, kinds, , removedIn] of [...REMOVALS, ...DEPRECATIONS]) {
      for (const kind of kinds.split(' ')) {
        const served = catalog.minorsServing(apiVersion, kind)
        expect(
          served.filter((minor) => removedIn && compareMinors(minor, removedIn) >= 0),
          `${apiVersion} ${kind}`,
        ).toEqual([])
      }
    }
  })

  test('removals lie within the catalog, later ones among the deprecations', () => {
    for (const [apiVersion, , , removedIn] of REMOVALS) {
      expect(compareMinors(removedIn, newest), apiVersion).toBeLessThanOrEqual(0)
    }
    for (const [apiVersion, , , removedIn] of DEPRECATIONS) {
      if (removedIn) expect(compareMinors(removedIn, newest), apiVersion).toBeGreaterThan(0)
    }
  })

  test('every unstable API still served has an end in sight, but for one that is internal', () => {
    const open = [...everyKind]
      .filter(([name, minors]) => /v\d+(alpha|beta)/.test(name) && minors.at(-1) === newest)
      .map(([name]) => name.split(' '))
      .filter(([apiVersion = '', kind = '']) => apiLifecycle(apiVersion, kind) === undefined)
    expect(open).toEqual([['internal.apiserver.k8s.io/v1alpha1', 'StorageVersion']])
  })

  test('what replaces a removed API is served, or lies beyond the catalog', () => {
    for (const [apiVersion, kinds, , removedIn, replacement] of REMOVALS) {
      const [version = '', renamed] = (replacement ?? '').split(' ')
      if (!version) continue
      for (const kind of renamed ? [renamed] : kinds.split(' ')) {
        expect(catalog.minorsServing(version, kind), `${apiVersion} ${kind} ${removedIn}`).toContain(newest)
      }
    }
  })

  test('no kind is told twice', () => {
    const names = [...REMOVALS, ...DEPRECATIONS, ...OPERATOR_DEPRECATIONS].flatMap(([apiVersion, kinds]) =>
      kinds.split(' ').map((kind) => `${apiVersion} ${kind}`),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('custom kinds are replaced by what the bundle has', () => {
    const custom = openCustomCatalog()
    for (const [apiVersion, kinds, , replacement] of OPERATOR_DEPRECATIONS) {
      for (const kind of kinds.split(' ')) {
        expect(custom.find(replacement, kind), `${apiVersion} ${kind}`).toBeDefined()
      }
    }
  })
})

test('versions are ordered as Kubernetes prefers them', () => {
  const versions = ['v1alpha1', 'foo1', 'v10', 'v1beta2', 'v2', 'v1', 'v1beta10', 'bar', 'v2beta1', 'v1alpha2']
  const preferred = ['v10', 'v2', 'v1', 'v2beta1', 'v1beta10', 'v1beta2', 'v1alpha2', 'v1alpha1', 'bar', 'foo1']
  expect(versions.toSorted(compareVersions)).toEqual(preferred)
})
