import { describe, expect, test } from 'vitest'
import { checkRequest } from '../../src/promote/request.ts'
import { readSnapshot } from '../../src/promote/snapshot.ts'
import { createTree } from '../../src/repository/tree.ts'
import { configOf, type Files, kustomization, merged, planFor, told, web } from './promote-world.ts'

const OVERLAYS: Files = {
  'apps/web/base/deployment.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { template: { spec: { containers: [{ name: web, image: web }] } } }\n',
  'apps/web/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
  'apps/web/overlays/dev/kustomization.yaml': kustomization('web:v3'),
  'apps/web/overlays/staging/kustomization.yaml': kustomization('web:v2'),
  'apps/web/overlays/prod/kustomization.yaml': `# keep me\r\n${kustomization('web:v1').replaceAll('\n', '\r\n')}`,
}

const values = (tag: string) => `replicas: 2\nimage:\n  repository: ghcr.io/acme/api\n  tag: "${tag}" # bumped\n`

const VALUES: Files = {
  'deploy/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
  'deploy/api/templates/deployment.yaml': 'image: {{ .Values.image.tag }}\n',
  'deploy/api/values.yaml': values('v0'),
  'deploy/api/values-dev.yaml': values('v2'),
  'deploy/api/values-staging.yaml': values('v2'),
  'deploy/api/values-prod.yaml': values('v1'),
}

const application = (revision: string, tag: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  source:
    repoURL: https://charts.example.org
    chart: web
    targetRevision: ${revision}
    helm:
      values: |
        image:
          repository: ghcr.io/acme/web
          tag: ${tag}
`

const APPLICATIONS: Files = {
  'argocd/dev/web.yaml': application('1.4.0', 'v3'),
  'argocd/stage/web.yaml': application('1.4.0', 'v2'),
  'argocd/prod/web.yaml': application('1.3.0', 'v1'),
}

const release = (version: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: keda\nspec:\n  chart:\n    spec:\n      version: ${version}`

/** Patches of Flux releases, the chart named in a base only. */
const RELEASES: Files = {
  'base/keda.yaml': `${release('">=2.0.0"')}\n      chart: keda\n`,
  'environments/staging/keda.yaml': release('2.5.0'),
  'environments/staging/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: keda.yaml }]\n',
  'environments/prod/keda.yaml': release('2.4.0'),
  'environments/prod/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: keda.yaml }]\n',
}

const remote = (commit: string) =>
  `resources:\n  - ../../base\n  - https://github.com/acme/web/config/default?ref=${commit}\n${kustomization(`quay.io/acme/web:${commit}`)}`

/** A folder for each cluster beside what all clusters of an environment share. */
const CLUSTERS: Files = {
  'components/web/base/kustomization.yaml': 'resources: [namespace.yaml]\n',
  'components/web/staging/base/kustomization.yaml': remote('b74bc7e'),
  'components/web/staging/east/kustomization.yaml': `resources: [../base]\n${kustomization('quay.io/acme/tool:v1')}`,
  'components/web/production/base/kustomization.yaml': remote('f13f24b'),
  'components/web/production/north/kustomization.yaml': `resources: [../base]\n${kustomization('quay.io/acme/tool:v0')}`,
  'components/web/production/south/kustomization.yaml': `resources: [../base]\n${kustomization('quay.io/acme/tool:v0')}`,
}

/** A file without extension for each application. */
const TAGS: Files = Object.fromEntries(
  Object.entries({ integration: 'v749', staging: 'v737', production: 'v737' }).map(([environment, tag]) => [
    `charts/app-config/image-tags/${environment}/account-api`,
    `image_tag: ${tag}\nautomatic_deploys_enabled: true\npromote_deployment: true\n`,
  ]),
)

describe('without any configuration, or few lines', () => {
  test.each<[what: string, files: Files, config: string, told: string[], merged: Files]>([
    [
      'kustomize overlays',
      OVERLAYS,
      '',
      ['web dev→staging open v2→v3', 'web staging→prod open v1→v2'],
      {
        'apps/web/overlays/staging/kustomization.yaml': kustomization('web:v3'),
        'apps/web/overlays/prod/kustomization.yaml': `# keep me\r\n${kustomization('web:v2').replaceAll('\n', '\r\n')}`,
      },
    ],
    ['Helm values', VALUES, '', ['api staging→prod open v1→v2'], { 'deploy/api/values-prod.yaml': values('v2') }],
    [
      'Argo CD Applications',
      APPLICATIONS,
      '',
      ['web dev→stage open v2→v3', 'web stage→prod open v1→v2'],
      { 'argocd/stage/web.yaml': application('1.4.0', 'v3'), 'argocd/prod/web.yaml': application('1.3.0', 'v2') },
    ],
    [
      'Argo CD Applications, charts too',
      APPLICATIONS,
      'promote: [images, charts]',
      ['web dev→stage open v2→v3', 'web stage→prod open 1.3.0→1.4.0 v1→v2'],
      { 'argocd/stage/web.yaml': application('1.4.0', 'v3'), 'argocd/prod/web.yaml': application('1.4.0', 'v2') },
    ],
    [
      'Flux releases, charts',
      RELEASES,
      'promote: [charts]',
      ['keda staging→prod open 2.4.0→2.5.0'],
      { 'environments/prod/keda.yaml': release('2.5.0') },
    ],
    [
      'a folder for each cluster',
      CLUSTERS,
      '',
      ['web staging→production open f13f24b→b74bc7e f13f24b→b74bc7e'],
      { 'components/web/production/base/kustomization.yaml': remote('b74bc7e') },
    ],
    [
      'files without extension, in an order that is not certain',
      TAGS,
      'environments: { integration: , staging: { from: integration }, production: { from: staging } }',
      ['account-api integration→staging open v737→v749'],
      {
        'charts/app-config/image-tags/staging/account-api':
          'image_tag: v749\nautomatic_deploys_enabled: true\npromote_deployment: true\n',
      },
    ],
  ])('%s', (_, files, config, expected, result) => {
    const plan = planFor([files], { config })
    expect(told(plan)).toEqual(expected)
    expect(merged(plan)).toEqual(result)
    expect(plan.skipped).toEqual([])
  })
})

describe('a name that the repository does not have is refused', () => {
  const config = configOf('layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging } }')
  const files = web({ staging: 'web:v1', prod: 'web:v1' })
  const tree = createTree(Object.keys(files), (path) => new TextEncoder().encode(files[path]))
  const snapshot = readSnapshot(tree, config, 'shop')

  test.each([
    [{ apps: ['wbe'] }, 'There is no application "wbe"; did you mean web?'],
    [{ environments: ['prd'] }, 'There is no environment "prd"; did you mean prod?'],
    [{ environments: ['x'] }, 'There is no environment "x"; there are staging, prod.'],
    [{ environments: ['staging'] }, 'Nothing is promoted to staging: it has no from in .gitops.yaml.'],
  ])('%j', (request, message) => {
    expect(() => checkRequest(request, snapshot)).toThrow(message)
  })

  test('others are not', () => {
    expect(checkRequest({ apps: ['web'], environments: ['prod'] }, snapshot)).toBeUndefined()
  })
})
