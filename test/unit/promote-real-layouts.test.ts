import { describe, expect, test } from 'vitest'
import { checkRequest } from '../../src/promote/request.ts'
import { readSnapshot } from '../../src/promote/snapshot.ts'
import { createTree } from '../../src/repository/tree.ts'
import { configOf, type Files, kustomization, merged, planFor, reasonOf, told, web } from './promote-world.ts'

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

const ingress = (chart: string, tag: string, digest: string) => `kind: Application
apiVersion: argoproj.io/v1alpha1
metadata: { name: ingress }
spec:
  source:
    chart: ingress
    repoURL: https://charts.example.org
    helm:
      values: |
        controller:
          image:
            registry: registry.example.org
            image: ingress/controller

            tag: "${tag}"
            digest: sha256:${digest.repeat(64)}
    targetRevision: ${chart}
  destination: { namespace: ingress }
`

/** Applications of charts with their images pinned inside, beside others that follow a branch. */
const PINNED: Files = {
  'staging/ingress.yaml': ingress('4.10.1', 'v1.10.1', 'b'),
  'production/ingress.yaml': ingress('4.0.11', 'v1.1.0', 'a'),
  'staging/dns.yaml': application('HEAD', 'v1'),
  'production/dns.yaml': application('HEAD', 'v1'),
  'staging/only.yaml': application('1.0.0', 'v1'),
}

/** Tags alone, the repository in the values that all environments share; a job beside the service lags behind. */
const jobValues = (tag: string, job: string) => `image:\n  tag: ${tag}\nmigration:\n  image:\n    tag: ${job}\n`
const JOBS: Files = {
  'helm/catalog/Chart.yaml': 'apiVersion: v2\nname: catalog\nversion: 1.0.0\n',
  'helm/catalog/values.yaml': 'image: { repository: registry.example.org/catalog }\n',
  'helm/catalog/values-dev.yaml': jobValues('6a9a5a0', '6a9a5a0'),
  'helm/catalog/values-prod.yaml': jobValues('6a9a5a0', 'a655c89'),
  'helm/cart/Chart.yaml': 'apiVersion: v2\nname: cart\nversion: 1.0.0\n',
  'helm/cart/values-dev.yaml': 'image:\n  tag: 63d752d\n',
  'helm/cart/values-prod.yaml': 'image:\n  tag: 63d752d\n',
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
      'Argo CD Applications that pin images inside their charts',
      PINNED,
      'promote: [images, charts]',
      [
        `ingress staging→production open v1.1.0→v1.10.1 sha256:${'a'.repeat(64)}→sha256:${'b'.repeat(64)} 4.0.11→4.10.1`,
      ],
      { 'production/ingress.yaml': ingress('4.10.1', 'v1.10.1', 'b') },
    ],
    [
      'Helm values with tags alone',
      JOBS,
      '',
      ['catalog dev→prod open a655c89→6a9a5a0'],
      { 'helm/catalog/values-prod.yaml': jobValues('6a9a5a0', '6a9a5a0') },
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

/** A patch inside a kustomization that sets the image. */
const inline = (image: string) => `resources: [../../base]
patches:
  - target: { kind: Deployment, name: web }
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/image
        value: ${image}
`

describe('builds that an environment has of its own are left alone', () => {
  const overlays = (dev: string, prod: string): Files => ({
    'web/overlays/dev/kustomization.yaml': inline(dev),
    'web/overlays/prod/kustomization.yaml': inline(prod),
  })

  test.each([
    ['tags named after both', 'acme/web:dev-279c646', 'acme/web:prod-1f00a2c', 'none'],
    ['the same by other names', 'acme/web:develop-2', 'acme/web:production-8', 'none'],
    ['named at the end', 'acme/web:1.4.0-dev', 'acme/web:1.3.0-prod', 'none'],
    ['named after the branch that the last one is built from', 'acme/web:develop-2', 'acme/web:main-8', 'none'],
    ['commits of one repository, versions of another', 'acme/web-ci:14b0894', 'acme/web-release:v2.10.9', 'none'],
    ['a target that took one before', 'acme/web:dev-279c646', 'acme/web:dev-1f00a2c', 'open'],
    ['a source that says nothing', 'acme/web:279c646', 'acme/web:prod-1f00a2c', 'open'],
    ['a target that says nothing', 'acme/web:dev-279c646', 'acme/web:v1', 'open'],
    ['both named after the last', 'acme/web:prod-279c646', 'acme/web:prod-1f00a2c', 'open'],
    ['an image for each, tags made alike', 'acme/web-ci:v2', 'acme/web-release:v1', 'open'],
    ['an image by the name of its environment', 'dev.example.org/web-dev:1a2b3c4', 'acme/web-prod:v1.0.0', 'open'],
    ['another registry', 'dev.example.org/web:1a2b3c4', 'example.org/web:v1.0.0', 'open'],
  ])('%s: %s, %s', (_, dev, prod, status) => {
    expect(planFor([overlays(dev, prod)], { config: '' }).promotions).toMatchObject([{ status }])
  })

  test('with the place, the reason and the cure, and not where somebody names the version', () => {
    const commits = [overlays('acme/web:dev-2', 'acme/web:prod-1')]
    expect(reasonOf(planFor(commits, { config: '' }))).toBe(
      'web/overlays/prod/kustomization.yaml:7: dev and prod have builds of their own, dev-2 and prod-1; promote one with --version.',
    )
    const request = { apps: ['web'], environments: ['prod'], version: 'dev-2' }
    expect(told(planFor(commits, { config: '', request }))).toEqual(['web dev→prod open prod-1→dev-2'])
  })

  test.each([
    ['of two words', 'staging', 'pre-prod', 'staging-2', 'pre-prod-1', 'none'],
    ['of two words that nobody knows', 'team-a', 'team-b', '2-team-a', '1-team-b', 'none'],
    ['in capitals', 'Dev', 'Prod', 'dev-2', 'prod-1', 'none'],
    ['that is a number, as are those in versions', '0', '1', '2.9.0', '2.8.1', 'open'],
    ['that is a branch', 'dev', 'main', 'main-2', 'main-1', 'open'],
    ['that a fix for it has in the middle', 'staging', 'prod', 'v1.2.4-prod-fix', 'v1.2.3-prod-fix', 'open'],
    ['beside tags of releases', 'staging', 'prod', 'release-2024.2', 'release-2024.1', 'open'],
  ])('by the name of an environment %s', (_, from, to, fresh, old, status) => {
    const files = web({ [from]: `web:${fresh}`, [to]: `web:${old}` })
    const config = `layout: envs/{env}/{app}\nenvironments: { "${from}": , "${to}": { from: "${from}" } }`
    expect(planFor([files], { config }).promotions).toMatchObject([{ status }])
  })

  test('by regions, too', () => {
    const files = web({ staging: 'web:staging-2', 'prod-eu': 'web:prod-1', 'prod-us': 'web:v1' })
    const config =
      'layout: envs/{env}/{app}\nenvironments: { staging: , prod-eu: { from: staging }, prod-us: { from: staging } }'
    expect(told(planFor([files], { config }))).toEqual([
      'web staging→prod-eu none',
      'web staging→prod-us open v1→staging-2',
    ])
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
