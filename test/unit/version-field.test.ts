// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Flux writes a variable
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Promotable, VersionField } from '../../src/image/field.ts'
import { findVersionFields } from '../../src/image/fields.ts'
import { DEFAULT_YAML_LIMITS as limits } from '../../src/yaml/limits.ts'
import { readYaml } from '../../src/yaml/read.ts'

const SHA = `sha256:${'0123456789abcdef'.repeat(4)}`
const ALL: readonly Promotable[] = ['images', 'charts', 'refs']

function find(path: string, text: string, promote = ALL) {
  return findVersionFields({ path, yaml: readYaml(text, limits) }, { promote, limits })
}

/** A field in one line: what it is, of what, its value, and why it is not promoted. */
function told(field: VersionField): string {
  const of = field.image ?? field.chart ?? field.repository ?? '-'
  const why = field.editable === true ? '' : ` (${field.editable.kind})`
  return `${field.kind} ${of} ${field.value}${why}`
}

function fieldsIn(path: string, text: string, promote = ALL): string[] {
  return find(path, text, promote).fields.map(told)
}

describe('places', () => {
  test.each<[name: string, path: string, text: string, expected: string[]]>([
    [
      'kustomization images',
      'kustomization.yaml',
      `images:
  - name: app
    newName: ghcr.io/org/app
    newTag: v1.2.3
  - name: pinned
    newTag: v1
    digest: ${SHA}
  - name: renamed
    newName: mirror/renamed@${SHA}
  - name: floating
    newTag: latest
  - {name: flow, newTag: "1.0"}
`,
      [
        'tag ghcr.io/org/app v1.2.3',
        'tag pinned v1',
        `digest pinned ${SHA}`,
        'tag floating latest (moving)',
        'tag flow 1.0',
      ],
    ],
    [
      'kustomization charts, remote references and inline patches',
      'k/kustomization.yml',
      `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
helmCharts:
  - { name: redis, repo: https://charts.example.org, version: 18.1.0, valuesInline: { image: { tag: 7.2.4 } } }
resources:
  - ../base
  - https://github.com/org/app//deploy?ref=v1.4.0&timeout=90s
  - git@github.com:org/lib?ref=main
components:
  - github.com/org/parts/tls?timeout=9s&ref=0123456789abcdef0123456789abcdef01234567
patches:
  - target: { kind: Deployment }
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/image
        value: org/app:v9.1
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec: { template: { spec: { containers: [ { name: web, image: "org/web:v3" } ] } } }
`,
      [
        'chart redis 18.1.0',
        'tag - 7.2.4',
        'ref https://github.com/org/app//deploy v1.4.0',
        'ref git@github.com:org/lib main (branch)',
        'ref github.com/org/parts/tls 0123456789abcdef0123456789abcdef01234567',
        'tag org/app v9.1',
        'tag org/web v3',
      ],
    ],
    [
      'a component',
      'c/Kustomization',
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages:\n- name: a\n  newTag: v1\n',
      ['tag a v1'],
    ],
    [
      'a chart that kustomize inflates, in a file of its own',
      'gen.yaml',
      'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: k}\nname: kyverno\nrepo: https://k\nversion: 3.5.2\n',
      ['chart kyverno 3.5.2'],
    ],
    [
      'pod specs with init and ephemeral containers',
      'web.yaml',
      `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      initContainers:
        - { name: init, image: "busybox:1.36@${SHA}" }
      containers:
        - name: web
          image: registry.local:5000/web:v1.0 # comment
        - name: bare
          image: nginx
      ephemeralContainers:
        - { name: debug, image: debug:2 }
`,
      ['tag busybox 1.36', `digest busybox ${SHA}`, 'tag registry.local:5000/web v1.0', 'tag debug 2'],
    ],
    [
      'CronJob, List and a custom resource that embeds a pod',
      'all.yaml',
      `apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: CronJob
    metadata: { name: job }
    spec: { jobTemplate: { spec: { template: { spec: { containers: [ { name: a, image: "a:v1" } ] } } } } }
  - apiVersion: serving.knative.dev/v1
    kind: Service
    metadata: { name: svc }
    spec: { template: { spec: { containers: [ { image: "b:v2" } ] } } }
`,
      ['tag a v1', 'tag b v2'],
    ],
    [
      'what an operator runs',
      'prometheus.yaml',
      `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: main }
spec:
  image: quay.io/prometheus/prometheus:v2.51.0
  sidecar: { image: { repository: quay.io/x/y, tag: v1 } }
`,
      ['tag quay.io/prometheus/prometheus v2.51.0', 'tag quay.io/x/y v1'],
    ],
    [
      'Helm values',
      'values-prod.yaml',
      `image:
  registry: ghcr.io
  repository: org/app
  tag: "1.2.3"
  digest: ${SHA}
sidecar:
  image: { repository: org/sidecar, tag: v1@${SHA} }
overlay:
  image:
    tag: 2.0.1
exporter:
  image: "org/exporter:v0.5"
legacy:
  repository: org/legacy
  version: v7
initImage: org/init:v3
list:
  - name: a
    image: { repository: org/a, tag: a-1 }
images:
  - org/direct:v4
plain:
  tag: 3.4.5
  other: { tag: app.log }
`,
      [
        'tag ghcr.io/org/app 1.2.3',
        `digest ghcr.io/org/app ${SHA}`,
        'tag org/sidecar v1',
        `digest org/sidecar ${SHA}`,
        'tag - 2.0.1',
        'tag org/exporter v0.5',
        'tag org/legacy v7',
        'tag org/init v3',
        'tag org/a a-1',
        'tag org/direct v4',
        'tag - 3.4.5',
      ],
    ],
    [
      'flat keys',
      'settings.yaml',
      `imageVersion: "1.0"
image_tag: v2
web:
  imageRepository: org/web
  imageTag: v3
  imageDigest: ${SHA}
apiImage: org/api
apiImageTag: v4
DOCKER_IMAGE_TAG: v5
image-tag: v6
combined:
  image_tag: org/combined:v7
nested:
  image: org/beside
  tag: v8
chartVersion: 1.2.3
version: 5
`,
      [
        'tag - 1.0',
        'tag - v2',
        'tag org/web v3',
        `digest org/web ${SHA}`,
        'tag org/api v4',
        'tag - v5',
        'tag - v6',
        'tag org/combined v7',
        'tag org/beside v8',
        'chart - 1.2.3',
      ],
    ],
    [
      'HelmRelease',
      'release.yaml',
      `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: podinfo }
spec:
  chart: { spec: { chart: podinfo, version: 6.5.0, sourceRef: { kind: HelmRepository, name: podinfo } } }
  values:
    image: { repository: ghcr.io/stefanprodan/podinfo, tag: 6.5.1 }
  postRenderers:
    - kustomize:
        images: [ { name: redis, newTag: "7.0.1" } ]
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ranged }
spec: { chart: { spec: { chart: a, version: ">=1.0.0-alpha" } } }
`,
      [
        'chart podinfo 6.5.0',
        'tag ghcr.io/stefanprodan/podinfo 6.5.1',
        'tag redis 7.0.1',
        'chart a >=1.0.0-alpha (range)',
      ],
    ],
    [
      'Flux sources',
      'sources.yaml',
      `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: chart }
spec:
  url: oci://ghcr.io/org/charts/app-template
  layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip }
  ref: { tag: 4.1.0 }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: manifests }
spec: { url: "oci://ghcr.io/org/manifests", ref: { semver: 1.x } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: git }
spec: { url: "https://github.com/org/repo", ref: { branch: release-1.2, commit: 0123456789abcdef0123456789abcdef01234567 } }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: named }
spec: { url: "https://github.com/org/other.git", ref: { name: refs/tags/v1.2.3 } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps }
spec:
  images: [ { name: app, newTag: v1 } ]
  postBuild: { substitute: { app_image_tag: v2, replicas: "2" } }
---
apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: traefik }
spec:
  chart: traefik
  repo: https://traefik.github.io/charts
  version: 25.0.0
  valuesContent: |-
    image:
      tag: v3.1.0
`,
      [
        'chart app-template 4.1.0',
        'ref oci://ghcr.io/org/manifests 1.x (range)',
        'ref https://github.com/org/repo release-1.2 (branch)',
        'ref https://github.com/org/repo 0123456789abcdef0123456789abcdef01234567',
        'ref https://github.com/org/other.git v1.2.3',
        'tag app v1',
        'tag - v2',
        'chart traefik 25.0.0',
        'tag - v3.1.0',
      ],
    ],
    [
      'Argo CD Application',
      'app.yaml',
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec:
  sources:
    - repoURL: https://charts.example.org
      chart: web
      targetRevision: 1.4.0
      helm:
        parameters:
          - { name: image.repository, value: org/web }
          - { name: image.tag, value: v1.0.1 }
          - { name: sidecarImage, value: "org/sidecar:v2" }
          - { name: replicas, value: "3" }
        valuesObject:
          image: { repository: org/object, tag: v3 }
        values: |
          # a comment
          image:
            repository: org/string
            tag: v4
    - repoURL: https://github.com/org/deploy.git
      targetRevision: v2.0.0
      path: k8s
      kustomize:
        images:
          - org/plain:v5
          - old=org/new:v6
          - org/pinned@${SHA}
          - renamed=org/only
    - { repoURL: "https://github.com/org/values", targetRevision: HEAD, ref: values }
`,
      [
        'chart web 1.4.0',
        'tag org/web v1.0.1',
        'tag org/sidecar v2',
        'tag org/object v3',
        'tag org/string v4',
        'ref https://github.com/org/deploy.git v2.0.0',
        'tag org/plain v5',
        'tag org/new v6',
        `digest org/pinned ${SHA}`,
        'ref https://github.com/org/values HEAD (branch)',
      ],
    ],
    [
      'ApplicationSet',
      'set.yaml',
      `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: web }
spec:
  generators:
    - list: { elements: [ { cluster: eu, imageTag: v1 }, { cluster: us, imageTag: v2 } ] }
    - git: { repoURL: "https://github.com/org/a", revision: v3.0.0 }
  template:
    spec: { source: { repoURL: "https://github.com/org/b", targetRevision: '{{ .revision }}' } }
`,
      [
        'tag - v1',
        'tag - v2',
        'ref https://github.com/org/a v3.0.0',
        'ref https://github.com/org/b {{ .revision }} (template)',
      ],
    ],
    [
      'chart dependencies',
      'charts/app/Chart.yaml',
      `apiVersion: v2
name: app
version: 0.1.0
appVersion: v1
dependencies:
  - { name: redis, version: 18.1.0, repository: "oci://registry-1.docker.io/bitnamicharts" }
  - { name: common, version: ^2.0.0, repository: "https://charts.example.org" }
  - { name: local, version: 0.1.0, repository: "file://../local" }
`,
      ['chart redis 18.1.0', 'chart common ^2.0.0 (range)'],
    ],
    [
      'JSON',
      'config.json',
      `{\n\t"image": "org/app:v1",\n\t"chart": "web",\n\t"version": "1.2.3",\n\t"web": { "image": { "tag": "v2" } }\n}\n`,
      ['tag org/app v1', 'chart web 1.2.3', 'tag - v2'],
    ],
    [
      'a file without extension',
      'image-tags/prod/web',
      'image_tag: v1.2\nautomatic_deploys_enabled: true\n',
      ['tag - v1.2'],
    ],
    [
      'helmfile',
      'helmfile.yaml',
      'releases:\n  - { name: r, chart: bitnami/redis, version: 18.1.0 }\n  - { name: l, chart: ./local, version: 1.0.0 }\n',
      ['chart bitnami/redis 18.1.0'],
    ],
    [
      'a ConfigMap of variables',
      'vars.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: vars }\ndata: { IMAGE_TAG: v1, other: "a:v1" }\n',
      ['tag - v1'],
    ],
    [
      'a JSON patch file',
      'patch.yaml',
      '- { op: replace, path: /spec/source/targetRevision, value: v1.2.3 }\n- { op: remove, path: /a/image }\n- { op: add, path: /spec/values/image/tag, value: v2 }\n',
      ['ref - v1.2.3', 'tag - v2'],
    ],
    [
      'a schema is no workload',
      'crd.yaml',
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: { containers: [ { image: "a:v1" } ] }\n',
      [],
    ],
    [
      'settings of other things',
      'other.yaml',
      'version: 2\nlog: { tag: kubernetes.var.log }\nrepository: https://github.com/org/x\nbackgroundImage: logo.png\ntags: [v1.2]\n',
      [],
    ],
  ])('%s', (_, path, text, expected) => {
    expect(fieldsIn(path, text)).toEqual(expected)
  })

  test('Flux markers: what they mark is found, what they say is told', () => {
    const text = `app:
  build: v1.0 # {"$imagepolicy": "flux-system:app:tag"}
  what: org/app:v2 # {"$imagepolicy": "flux-system:app"}
  name: org/app # {"$imagepolicy": "flux-system:app:name"}
  pin: ${SHA} # {"$imagepolicy": "flux-system:app:digest"}
  image:
    repository: org/web
    tag: v3 # {"$imagepolicy": "flux-system:web:tag"}
  unmarked: v4
`
    const { fields } = find('values.yaml', text)
    expect(fields.map((field) => [field.place, told(field), field.marker])).toEqual([
      ['marker', 'tag - v1.0', 'flux-system:app'],
      ['marker', 'tag org/app v2', 'flux-system:app'],
      ['marker', `digest - ${SHA}`, 'flux-system:app'],
      ['values', 'tag org/web v3', 'flux-system:web'],
    ])
  })
})

describe('what is recognised and left alone', () => {
  test.each<[text: string, expected: string]>([
    ['image: { repository: a, tag: }', 'tag a  (empty)'],
    ['image: { repository: a, tag: "" }', 'tag a  (empty)'],
    ['image: { repository: a, tag: ~ }', 'tag a  (empty)'],
    ['image: { repository: a, tag: "{{ .Values.tag }}" }', 'tag a {{ .Values.tag }} (template)'],
    ['image: { repository: a, tag: "${TAG:=v1}" }', 'tag a ${TAG:=v1} (template)'],
    ['image: "a:${TAG:=v1}"', 'tag a ${TAG:=v1} (template)'],
    ['image: "a:$(TAG)"', 'tag a $(TAG) (template)'],
    ['image: { repository: a, tag: 1.10 }', 'tag a 1.10 (number)'],
    ['image: { repository: a, tag: 12e4567 }', 'tag a 12e4567 (number)'],
    ['image: { repository: a, tag: 0362525 }', 'tag a 0362525 (number)'],
    ['image: { repository: a, tag: 1234567 }', 'tag a 1234567 (number)'],
    ['image: { repository: a, tag: 9007199254740993 }', 'tag a 9007199254740993 (number)'],
    ['image: { repository: a, tag: on }', 'tag a on (number)'],
    ['image: { repository: a, tag: <TAG> }', 'tag a <TAG> (invalid)'],
    ['image: { repository: a, tag: v1+b }', 'tag a v1+b (invalid)'],
    ['image: { repository: a, tag: main }', 'tag a main (moving)'],
    ['image: a:latest', 'tag a latest (moving)'],
    ['image: { repository: a, digest: sha256:abc }', 'digest a sha256:abc (invalid)'],
    ['image: "a:\\x76\\x31-b"', 'tag a v1-b (shape)'],
    ['{ chart: a, version: 1.x }', 'chart a 1.x (range)'],
    ['{ repoURL: "https://a/b", targetRevision: release-1.30 }', 'ref https://a/b release-1.30 (branch)'],
  ])('%s', (text, expected) => {
    expect(fieldsIn('values.yaml', `${text}\n`)).toEqual([expected])
  })

  test.each<[text: string, expected: string]>([
    ['image: { repository: a, tag: 0.1 }', 'tag a 0.1'],
    ['image: { repository: a, tag: 42 }', 'tag a 42'],
    ['image: { repository: a, tag: "1.10" }', 'tag a 1.10'],
    ['image: { repository: a, tag: 2026-01-01 }', 'tag a 2026-01-01'],
    ['image: "${REGISTRY}/a:v1"', 'tag ${REGISTRY}/a v1'],
    ['image: "{{ .registry }}/a:v1"', 'tag {{ .registry }}/a v1'],
    [`image: { repository: a, tag: latest, digest: "${SHA}" }`, 'tag a latest'],
    [`image: a:latest@${SHA}`, 'tag a latest'],
  ])('but not %s', (text, expected) => {
    expect(fieldsIn('values.yaml', `${text}\n`)[0]).toBe(expected)
  })

  test('what a value bars: a misread number may be overwritten, an alias may be read', () => {
    const { fields } = find(
      'values.yaml',
      'a: { image: { tag: &t 1.10 } }\nb: { image: { tag: *t } }\nc: { image: { tag: &u v1 } }\nd: { image: { tag: *u } }\n',
    )
    expect(fields.map(({ value, editable }) => [value, editable === true || editable.bars])).toEqual([
      ['1.10', 'reading'],
      ['1.10', 'both'],
      ['v1', true],
      ['v1', 'writing'],
    ])
  })

  test('a file that SOPS has signed is read, not written', () => {
    const text = 'image: { repository: a, tag: v1 }\nsops: { mac: "ENC[x]", version: 3.7.1 }\n'
    const [field] = find('values.enc.yaml', text).fields
    expect(field?.editable).toMatchObject({ kind: 'encrypted', bars: 'writing' })
  })

  test('messages are one sentence', () => {
    const text =
      'a: { image: { tag: 1.10 } }\nb: { image: { tag: latest } }\nc: { image: { tag: "" } }\nd: { image: { tag: "<x>" } }\n'
    for (const { editable } of find('values.yaml', text).fields) {
      expect(editable !== true && editable.message).toMatch(/^[^\n]{10,200}\.$/)
    }
  })
})

describe('a field', () => {
  const text = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  source:
    repoURL: https://charts.example.org
    chart: web
    targetRevision: 1.4.0
    helm:
      values: |
        sidecars:
          - name: log
            image: "org/log:v4@${SHA}" # keep
`

  test('knows its place inside a block scalar', () => {
    const [chart, tag, digest] = find('apps/web.yaml', text).fields
    expect(chart).toMatchObject({ line: 8, column: 21, kind: 'chart', value: '1.4.0', document: 0 })
    expect(tag).toMatchObject({
      file: 'apps/web.yaml',
      line: 13,
      column: 20,
      path: ['spec', 'source', 'helm', 'values', 'sidecars', 0, 'image'],
      steps: ['spec', 'source', 'helm', 'values', 'sidecars', 'name=log', 'image'],
      owner: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: 'argocd', name: 'web' },
      site: { style: 'double' },
      place: 'argo-cd',
    })
    expect(text.slice(tag?.span.start, tag?.span.end)).toBe('v4')
    expect(text.slice(digest?.span.start, digest?.span.end)).toBe(SHA)
    expect(digest?.unit).toBe(tag?.unit)
    expect(chart?.unit).not.toBe(tag?.unit)
  })

  test('is found with CRLF at the same lines', () => {
    const crlf = text.replaceAll('\n', '\r\n')
    const places = (found: VersionField[]) => found.map(({ line, column, value }) => [line, column, value])
    expect(places(find('a.yaml', crlf).fields)).toEqual(places(find('a.yaml', text).fields))
    for (const { span, value } of find('a.yaml', crlf).fields) expect(crlf.slice(span.start, span.end)).toBe(value)
  })

  test('tells what else an edit of an anchor reaches', () => {
    const { fields } = find('values.yaml', 'a: &i\n  image: { repository: x, tag: &t v1 }\nb: *i\nc:\n  tag: *t\n')
    expect(fields[0]).toMatchObject({
      editable: true,
      reaches: [
        { line: 5, column: 8 },
        { line: 3, column: 4 },
      ],
    })
  })

  test('of a mapping with a merge keeps its own place', () => {
    const merged = 'base: &b\n  repository: org/app\nimage:\n  <<: *b\n  tag: v1\n'
    expect(fieldsIn('values.yaml', merged)).toEqual(['tag org/app v1'])
  })
})

describe('what is promoted', () => {
  const kustomization = `resources:
  - https://github.com/org/app//config?ref=0123456789abcdef0123456789abcdef01234567
  - https://github.com/org/other?ref=v1.0.0
images:
  - { name: app, newTag: 0123456789abcdef0123456789abcdef01234567 }
  - { name: lib, newTag: v1.2.0 }
`

  test('images alone, but for a ref that is paired with a tag', () => {
    const { fields } = find('kustomization.yaml', kustomization, ['images'])
    expect(fields.map(({ kind, value }) => `${kind} ${value.slice(0, 6)}`)).toEqual([
      'ref 012345',
      'tag 012345',
      'tag v1.2.0',
    ])
    expect(fields[0]?.unit).toBe(fields[1]?.unit)
    expect(fields[2]?.unit).not.toBe(fields[1]?.unit)
  })

  test('the digest of a Flux source goes with its refs, in one unit with the tag', () => {
    const text = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: a }
spec: { url: "oci://ghcr.io/org/a", ref: { tag: v1.0.0, digest: "${SHA}" } }
`
    expect(find('a.yaml', text, ['images']).fields).toEqual([])
    const { fields } = find('a.yaml', text, ['refs'])
    expect(fields.map(({ kind, of }) => `${kind} of ${of}`)).toEqual(['ref of refs', 'digest of refs'])
    expect(fields[0]?.unit).toBe(fields[1]?.unit)
  })

  test('refs alone, charts alone', () => {
    expect(fieldsIn('kustomization.yaml', kustomization, ['refs']).length).toBe(2)
    expect(fieldsIn('kustomization.yaml', kustomization, ['charts'])).toEqual([])
  })
})

describe('what cannot be read', () => {
  test.each<[name: string, path: string, text: string, line: number]>([
    ['broken YAML', 'a.yaml', 'image:\n  tag: v1\n bad: x\n', 3],
    ['a Helm template', 'a.yaml', 'image:\n  tag: {{ .Values.tag }}\n', 2],
    ['a template with blocks', 'a.yaml', 'a: 1\n{{- if .x }}\nimage: a:v1\n{{- end }}\n', 2],
  ])('%s is skipped with its line', (_, path, text, line) => {
    const { fields, skipped } = find(path, text)
    expect(fields).toEqual([])
    expect(skipped).toMatchObject([{ file: path, line, reason: expect.stringMatching(/\.$/) }])
  })

  test('a file without extension that is no YAML is nobody’s business', () => {
    expect(find('bin/script', '#!/bin/sh\necho "a: b" | { cat; }\n: {')).toEqual({ fields: [], skipped: [] })
  })

  test('YAML in a folded or quoted string is skipped, and its file is not', () => {
    const text = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: a }
spec:
  source:
    repoURL: https://a/b
    targetRevision: v1.0.0
    helm:
      values: "image:\\n  tag: v1\\n"
`
    const { fields, skipped } = find('a.yaml', text)
    expect(fields.map(told)).toEqual(['ref https://a/b v1.0.0'])
    expect(skipped).toMatchObject([{ file: 'a.yaml', line: 9 }])
  })

  test('a template in a block scalar is skipped, and its file is not', () => {
    const text =
      'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: a }\nspec:\n  helm:\n    values: |\n      a: {{ b }}\n'
    expect(find('a.yaml', text)).toMatchObject({ fields: [], skipped: [{ line: 6 }] })
  })

  test('unknown tags and duplicate keys do not hide a file', () => {
    expect(fieldsIn('values.yaml', 'x: !Ref y\nimage: a:v1\nimage: a:v2\n')).toEqual(['tag a v2'])
  })
})

describe('whatever a file holds', () => {
  const token = fc.constantFrom(
    ...[
      'a',
      'image',
      'tag',
      'images',
      'containers',
      'values',
      'spec',
      'repoURL',
      'chart',
      'version',
      'kind',
      'apiVersion',
      'v1',
    ],
    ...[
      'Application',
      'HelmRelease',
      'argoproj.io/v1alpha1',
      'x/y:v1@sha256:0',
      '{{ .x }}',
      '${Y}',
      '?ref=v1',
      '<<',
      '*a',
      '&a ',
    ],
    ...[
      ': ',
      ':',
      '\n',
      '\n  ',
      '\n    ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '"',
      "'",
      '|',
      '>-',
      '#',
      ' # {"$imagepolicy": "a:b"}',
    ],
    ...['!!str ', '!x ', '~', '1.10', '---\n', '? ', '\r\n', '\t', '@', '%', '\u0000', '🚀'],
  )

  test('finding fields never throws, and every field stands where it says', () => {
    const path = fc.constantFrom('values.yaml', 'kustomization.yaml', 'Chart.yaml', 'a.json', 'noext')
    fc.assert(
      fc.property(path, fc.array(token, { maxLength: 60 }), (name, tokens) => {
        const text = `${tokens.join('')}\n`
        for (const { span, site, value } of find(name, text).fields) {
          if (site.style === 'plain' || site.style === 'single')
            expect(value).toBe(text.slice(span.start, span.end).replace(/^~$/, ''))
        }
      }),
      { numRuns: 3000 },
    )
  })
})
