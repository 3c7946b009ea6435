import { describe, expect, test } from 'vitest'
import { openCustomCatalog } from '../../src/kubernetes/catalog-custom.ts'
import type { Schema } from '../../src/kubernetes/schema.ts'
import { everySchema } from './catalog-walk.ts'

const catalog = openCustomCatalog()

function at(apiVersion: string, kind: string, path: string): Schema | undefined {
  let schema = catalog.find(apiVersion, kind)?.schema
  for (const step of path.split('.')) {
    const [name = '', list] = step.split('[')
    schema = schema?.properties?.get(name)
    if (list !== undefined) schema = schema?.items
  }
  return schema
}

describe('custom kinds', () => {
  test.each([
    ['argoproj.io/v1alpha1', 'Application', 'Namespaced'],
    ['argoproj.io/v1alpha1', 'ApplicationSet', 'Namespaced'],
    ['argoproj.io/v1alpha1', 'Rollout', 'Namespaced'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'Namespaced'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'Namespaced'],
    ['source.toolkit.fluxcd.io/v1', 'OCIRepository', 'Namespaced'],
    ['image.toolkit.fluxcd.io/v1', 'ImagePolicy', 'Namespaced'],
    ['notification.toolkit.fluxcd.io/v1beta3', 'Provider', 'Namespaced'],
    ['gateway.networking.k8s.io/v1', 'GatewayClass', 'Cluster'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'Namespaced'],
    ['cert-manager.io/v1', 'ClusterIssuer', 'Cluster'],
    ['cert-manager.io/v1', 'Certificate', 'Namespaced'],
    ['external-secrets.io/v1', 'ExternalSecret', 'Namespaced'],
    ['external-secrets.io/v1', 'ClusterSecretStore', 'Cluster'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor', 'Namespaced'],
    ['monitoring.coreos.com/v1', 'PrometheusRule', 'Namespaced'],
    ['keda.sh/v1alpha1', 'ScaledObject', 'Namespaced'],
    ['networking.istio.io/v1', 'VirtualService', 'Namespaced'],
    ['traefik.io/v1alpha1', 'IngressRoute', 'Namespaced'],
    ['bitnami.com/v1alpha1', 'SealedSecret', 'Namespaced'],
  ])('%s %s is %s', (apiVersion, kind, scope) => {
    const found = catalog.find(apiVersion, kind)
    expect(found?.scope).toBe(scope)
    expect([...(found?.schema.properties?.keys() ?? [])]).toEqual(
      expect.arrayContaining(['apiVersion', 'kind', 'metadata', 'spec']),
    )
    const known = new Set<Schema>()
    if (found) everySchema(found.schema, known)
    expect(known.size).toBeGreaterThan(10)
  })

  test.each([
    ['monitoring.coreos.com/v1', 'EmbeddedPersistentVolumeClaim'],
    ['monitoring.coreos.com/v1', 'PrometheusList'],
    ['keda.sh/v1alpha1', 'WithTriggers'],
    ['apps/v1', 'Deployment'],
    ['constructor', 'name'],
  ])('%s %s is none', (apiVersion, kind) => {
    expect(catalog.find(apiVersion, kind)).toBeUndefined()
  })

  test('are found by group and version', () => {
    expect(catalog.groupKnown('cert-manager.io')).toBe(true)
    expect(catalog.groupKnown('apps')).toBe(false)
    expect(catalog.versionsOf('helm.toolkit.fluxcd.io', 'HelmRelease')).toEqual([
      'helm.toolkit.fluxcd.io/v2',
      'helm.toolkit.fluxcd.io/v2beta2',
      'helm.toolkit.fluxcd.io/v2beta1',
    ])
    expect(catalog.versionsOf('helm.toolkit.fluxcd.io', 'Kustomization')).toEqual([])
  })
})

describe('their schemas', () => {
  test('say what is required', () => {
    expect(at('argoproj.io/v1alpha1', 'Application', 'spec')?.required).toEqual(['destination', 'project'])
    expect(at('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'spec')?.required).toEqual(
      expect.arrayContaining(['interval', 'prune', 'sourceRef']),
    )
    expect(catalog.find('cert-manager.io/v1', 'Certificate')?.schema.required).not.toContain('apiVersion')
  })

  test('have enumerations, maps, free values and either-or', () => {
    expect(at('source.toolkit.fluxcd.io/v1', 'GitRepository', 'spec.provider')?.enum).toContain('github')
    expect(at('external-secrets.io/v1', 'ExternalSecret', 'spec.target.creationPolicy')).toMatchObject({
      type: 'string',
      enum: expect.arrayContaining(['Owner', 'Merge']),
    })
    expect(at('monitoring.coreos.com/v1', 'ServiceMonitor', 'spec.selector.matchLabels')).toMatchObject({
      type: 'object',
      additionalProperties: { type: 'string' },
    })
    expect(at('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'spec.values')).toEqual({ preserveUnknown: true })
    expect(at('monitoring.coreos.com/v1', 'PrometheusRule', 'spec.groups[].rules[].expr')).toEqual({
      intOrString: true,
    })
  })

  test("have the fields of Go's embedded structs", () => {
    const endpoint = at('monitoring.coreos.com/v1', 'ServiceMonitor', 'spec.endpoints[]')
    expect([...(endpoint?.properties?.keys() ?? [])]).toEqual(
      expect.arrayContaining(['port', 'basicAuth', 'tlsConfig']),
    )
    expect(at('gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec.parentRefs')).toMatchObject({ type: 'array' })
  })

  test("have Kubernetes' own types inside, without enumerations that no CRD repeats", () => {
    const container = 'spec.template.spec.containers[]'
    expect(at('argoproj.io/v1alpha1', 'Rollout', `${container}.imagePullPolicy`)).toEqual({ type: 'string' })
    expect(at('argoproj.io/v1alpha1', 'Rollout', 'metadata.finalizers')).toMatchObject({ listType: 'set' })
  })
})
