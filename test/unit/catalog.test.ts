import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openCatalog } from '../../src/kubernetes/catalog.ts'
import { judge } from '../../src/kubernetes/judge.ts'
import type { Schema } from '../../src/kubernetes/schema.ts'
import { everySchema } from './catalog-walk.ts'

const catalog = openCatalog()

/** `at('apps/v1', 'Deployment', 'spec.template.spec.containers[].image')` */
function at(apiVersion: string, kind: string, path: string, minor = '1.34'): Schema | undefined {
  let schema = catalog.find(minor, apiVersion, kind)?.schema
  for (const step of path.match(/[^.[\]{}]+|\[\]|\{\}/g) ?? []) {
    if (step === '[]') schema = schema?.items
    else if (step === '{}') schema = schema?.additionalProperties === true ? undefined : schema?.additionalProperties
    else schema = schema?.properties?.get(step)
  }
  return schema
}

describe('the minors', () => {
  test.each([
    ['1.24', 67],
    ['1.25', 61],
    ['1.27', 69],
    ['1.28', 72],
    ['1.29', 73],
    ['1.30', 79],
    ['1.32', 79],
    ['1.33', 87],
    ['1.34', 89],
    ['1.36', 94],
  ])('Kubernetes %s has %i kinds', (minor, kinds) => {
    expect([...catalog.kinds(minor)]).toHaveLength(kinds)
  })

  test('ascend, and there are no others', () => {
    expect(catalog.minors).toEqual(['1.24', '1.25', '1.27', '1.28', '1.29', '1.30', '1.32', '1.33', '1.34', '1.36'])
    expect(() => catalog.find('1.26', 'v1', 'Pod')).toThrow('Kubernetes 1.26 is not in the catalog')
  })

  test.each(catalog.minors)('every schema of %s can be expanded', (minor) => {
    const known = new Set<Schema>()
    for (const { apiVersion, kind } of catalog.kinds(minor)) {
      const found = catalog.find(minor, apiVersion, kind)
      if (!found) throw new Error(`${apiVersion} ${kind} is listed, but not found.`)
      everySchema(found.schema, known)
    }
    expect(known.size).toBeGreaterThan(500)
  })
})

describe('kinds', () => {
  test.each([
    ['v1', 'Pod', 'Namespaced'],
    ['v1', 'Namespace', 'Cluster'],
    ['v1', 'Node', 'Cluster'],
    ['v1', 'PersistentVolume', 'Cluster'],
    ['v1', 'PersistentVolumeClaim', 'Namespaced'],
    ['apps/v1', 'Deployment', 'Namespaced'],
    ['rbac.authorization.k8s.io/v1', 'Role', 'Namespaced'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'Cluster'],
    ['networking.k8s.io/v1', 'IngressClass', 'Cluster'],
    ['storage.k8s.io/v1', 'CSIStorageCapacity', 'Namespaced'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'Cluster'],
  ])('%s %s is %s', (apiVersion, kind, scope) => {
    expect(catalog.find('1.34', apiVersion, kind)?.scope).toBe(scope)
  })

  test.each([
    ['1.34', 'resource.k8s.io/v1alpha2', 'ResourceClaim'],
    ['1.34', 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'],
    ['1.36', 'storagemigration.k8s.io/v1alpha1', 'StorageVersionMigration'],
    ['1.36', 'networking.k8s.io/v1alpha1', 'IPAddress'],
    ['1.34', 'v1', 'PodExecOptions'],
    ['1.34', 'policy/v1', 'Eviction'],
    ['1.34', 'constructor', 'toString'],
    ['1.34', '__proto__', 'Pod'],
  ])('%s knows no %s %s, though the package has files of it', (minor, apiVersion, kind) => {
    expect(catalog.find(minor, apiVersion, kind)).toBeUndefined()
  })

  test('are told by the minors and versions that serve them', () => {
    expect(catalog.minorsServing('batch/v1beta1', 'CronJob')).toEqual(['1.24'])
    expect(catalog.minorsServing('apps/v1', 'Deployment')).toEqual(catalog.minors)
    expect(catalog.minorsServing('apps/v1', 'Deploymnet')).toEqual([])
    expect(catalog.versionsOf('1.24', 'autoscaling', 'HorizontalPodAutoscaler')).toEqual([
      'autoscaling/v2',
      'autoscaling/v1',
      'autoscaling/v2beta2',
      'autoscaling/v2beta1',
    ])
    expect(catalog.versionsOf('1.34', '', 'Service')).toEqual(['v1'])
    expect(catalog.versionsOf('1.34', 'apps', 'CronJob')).toEqual([])
  })

  test.each([
    ['', true],
    ['apps', true],
    ['extensions', true],
    ['settings.k8s.io', true],
    ['resource.k8s.io', true],
    ['argoproj.io', false],
    ['app', false],
  ])('group %j is known: %s', (group, known) => {
    expect(catalog.groupKnown(group)).toBe(known)
  })

  test('are listed as Helm lists them', () => {
    const versions = catalog.apiVersions('1.34')
    expect(versions).toEqual(expect.arrayContaining(['v1', 'apps/v1', 'v1/Pod', 'apps/v1/Deployment']))
    expect(versions).not.toContain('policy/v1beta1')
    expect(new Set(versions).size).toBe(versions.length)
  })
})

describe('schemas', () => {
  test('say which fields are required', () => {
    expect(at('apps/v1', 'Deployment', 'spec')?.required).toEqual(['selector', 'template'])
    expect(at('apps/v1', 'Deployment', 'spec.template.spec.containers[]')?.required).toEqual(['name'])
    expect(at('apps/v1', 'Deployment', '')?.required).toEqual([])
  })

  test('follow the minor', () => {
    expect(at('apps/v1', 'StatefulSet', 'spec', '1.32')?.required).toContain('serviceName')
    expect(at('apps/v1', 'StatefulSet', 'spec', '1.36')?.required).not.toContain('serviceName')
    expect(at('v1', 'Pod', 'spec.resourceClaims', '1.25')).toBeUndefined()
    expect(at('v1', 'Pod', 'spec.resourceClaims', '1.27')).toBeDefined()
    expect(at('v1', 'Pod', 'spec.resourceClaims[].source', '1.30')).toBeDefined()
    expect(at('v1', 'Pod', 'spec.resourceClaims[].source', '1.32')).toBeUndefined()
  })

  test.each<[string, string, string, Schema]>([
    ['v1', 'Service', 'spec.ports[].targetPort', { intOrString: true }],
    ['apps/v1', 'Deployment', 'spec.strategy.rollingUpdate.maxSurge', { intOrString: true }],
    ['v1', 'Pod', 'spec.containers[].resources.limits{}', { quantity: true }],
    ['v1', 'Pod', 'spec.volumes[].emptyDir.sizeLimit', { quantity: true }],
    ['v1', 'PersistentVolumeClaim', 'spec.resources.requests{}', { quantity: true }],
    ['v1', 'LimitRange', 'spec.limits[].default{}', { quantity: true }],
    ['v1', 'ResourceQuota', 'spec.hard{}', { quantity: true }],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', 'spec.metrics[].resource.target.averageValue', { quantity: true }],
    ['v1', 'ConfigMap', 'data{}', { type: 'string' }],
    ['v1', 'Secret', 'data{}', { type: 'string', format: 'byte' }],
    ['v1', 'Secret', 'stringData{}', { type: 'string' }],
    ['v1', 'Pod', 'metadata.creationTimestamp', { type: 'string', format: 'date-time' }],
    ['coordination.k8s.io/v1', 'Lease', 'spec.renewTime', { type: 'string', format: 'date-time' }],
    ['apps/v1', 'Deployment', 'spec.replicas', { type: 'integer', format: 'int32' }],
    ['v1', 'Pod', 'spec.terminationGracePeriodSeconds', { type: 'integer', format: 'int64' }],
    ['v1', 'Pod', 'spec.hostNetwork', { type: 'boolean' }],
    ['apps/v1', 'ControllerRevision', 'data', { type: 'object', preserveUnknown: true }],
  ])('%s %s %s', (apiVersion, kind, path, expected) => {
    expect(at(apiVersion, kind, path)).toEqual(expected)
  })

  test('have formats in old releases too, which do not name them', () => {
    expect(at('v1', 'Secret', 'data{}', '1.24')).toEqual({ type: 'string', format: 'byte' })
    expect(at('apps/v1', 'Deployment', 'spec.replicas', '1.24')).toEqual({ type: 'integer', format: 'int32' })
    expect(at('batch/v1beta1', 'CronJob', 'spec.failedJobsHistoryLimit', '1.24')).toEqual({ type: 'integer' })
  })

  test.each<[string, string, string, string[]]>([
    ['v1', 'Pod', 'spec.containers', ['name']],
    ['v1', 'Pod', 'spec.volumes', ['name']],
    ['v1', 'Pod', 'spec.containers[].env', ['name']],
    ['v1', 'Pod', 'spec.initContainers[].ports', ['containerPort', 'protocol']],
    ['v1', 'Pod', 'spec.containers[].volumeMounts', ['mountPath']],
    ['v1', 'Pod', 'spec.hostAliases', ['ip']],
    ['v1', 'Pod', 'spec.topologySpreadConstraints', ['topologyKey', 'whenUnsatisfiable']],
    ['v1', 'Service', 'spec.ports', ['port', 'protocol']],
    ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'webhooks', ['name']],
    ['v1', 'Pod', 'metadata.ownerReferences', ['uid']],
  ])('%s %s %s is keyed', (apiVersion, kind, path, listKeys) => {
    expect(at(apiVersion, kind, path)).toMatchObject({ type: 'array', listType: 'map', listKeys })
  })

  test('know sets and lists without identity', () => {
    expect(at('v1', 'Pod', 'metadata.finalizers')).toMatchObject({ listType: 'set' })
    expect(at('v1', 'Pod', 'spec.containers[].args')?.listType).toBeUndefined()
    expect(at('batch/v1', 'Job', 'status.conditions')?.listType).toBeUndefined()
    expect(at('apps/v1', 'Deployment', 'status.conditions')?.listKeys).toEqual(['type'])
  })

  describe('of a CustomResourceDefinition', () => {
    const root = 'spec.versions[].schema.openAPIV3Schema'

    test.each(['1.24', '1.36'])('refer to themselves in %s', (minor) => {
      const schema = at('apiextensions.k8s.io/v1', 'CustomResourceDefinition', root, minor)
      expect(schema?.properties?.get('not')).toBe(schema)
      expect(schema?.properties?.get('properties')?.additionalProperties).toBe(schema)
    })

    test.each(['1.24', '1.30', '1.36'])('name fields as manifests do in %s', (minor) => {
      const schema = at('apiextensions.k8s.io/v1', 'CustomResourceDefinition', root, minor)
      const names = [...(schema?.properties?.keys() ?? [])]
      expect(names).toEqual(
        expect.arrayContaining(['$ref', '$schema', 'default', 'enum', 'x-kubernetes-preserve-unknown-fields']),
      )
      expect(names.filter((name) => /^_|^x_|^ref$|^schema$/.test(name))).toEqual([])
    })

    test.each(['1.24', '1.36'])('tell integers, fractions and free values apart in %s', (minor) => {
      const schema = at('apiextensions.k8s.io/v1', 'CustomResourceDefinition', root, minor)
      expect(schema?.properties?.get('maximum')).toEqual({ type: 'number', format: 'double' })
      expect(schema?.properties?.get('maxLength')).toEqual({ type: 'integer', format: 'int64' })
      expect(schema?.properties?.get('default')).toEqual({ preserveUnknown: true })
      expect(schema?.properties?.get('additionalProperties')).toEqual({ preserveUnknown: true })
    })
  })

  test('judge a manifest', () => {
    const found = catalog.find('1.34', 'apps/v1', 'Deployment')
    const pod = { containers: [{ name: 'app', image: 'app:1', resources: { limits: { cpu: 1, memory: '1Gi' } } }] }
    const spec = { replicas: 2, selector: {}, template: { metadata: { labels: { app: 'app' } }, spec: pod } }
    const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec }
    expect(judge(manifest, found?.schema ?? {}, { quoteValues: true })).toEqual([])
    const problems = judge({ ...manifest, spec: { ...spec, replica: 2 } }, found?.schema ?? {}, { quoteValues: true })
    expect(problems.map(({ rule, path }) => [rule, path])).toEqual([['schema/unknown-field', ['spec', 'replica']]])
  })
})

test('both catalogs have at most 60 kB', () => {
  const folder = join(import.meta.dirname, '..', '..', 'dist', 'catalog')
  const sizes = ['kubernetes', 'custom'].map((name) => statSync(join(folder, `${name}.json.br`)).size)
  expect(sizes.reduce((a, b) => a + b)).toBeLessThanOrEqual(60_000)
})
