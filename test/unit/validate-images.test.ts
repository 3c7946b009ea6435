import { describe, expect, test } from 'vitest'
import { impossibleImage } from '../../src/validate/rules/impossible-image.ts'
import { placed, validated } from './validate-world.ts'

const INNOCENT = { isCompletedElsewhere: false, isReplaced: (_: string) => false }

function messagesOf(image: string, surroundings: Partial<typeof INNOCENT> = {}): string[] {
  const value = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image }] } }
  const resource = { ...value, name: 'a', value, place: () => ({ file: 'a.yaml', line: 1, column: 1 }) }
  return impossibleImage(resource, { ...INNOCENT, ...surroundings }).map(({ message }) => message)
}

describe('an image that no registry can hold', () => {
  test.each<[image: string, why: RegExp]>([
    ['web:1.0.0 beta', /a tag is letters.*at most 128 characters\.$/],
    ['web:1.0.0+build.5', /a tag is/],
    ['web:-1', /a tag is/],
    ['web:', /a tag is/],
    [`web:${'1'.repeat(129)}`, /a tag is/],
    ['Web/App:1', /must be lower-case/],
    ['ghcr.io/ACME/web:1', /must be lower-case/],
    ['web@sha256:12', /a digest is sha256: and 64/],
    [`web@sha256:${'G'.repeat(64)}`, /a digest is/],
    ['/web:1', /no registry allows/],
    [' web:1', /no registry allows/],
    ['https://ghcr.io/acme/web:1', /./],
  ])('%j', (image, why) => {
    expect(messagesOf(image)).toEqual([expect.stringMatching(why)])
    expect(messagesOf(image)[0]).toMatch(/^No registry can hold the image "/)
  })

  test('a long one is cut', () => expect(messagesOf(`web:${'1'.repeat(5000)}`)[0]?.length).toBeLessThan(400))
})

test.each([
  'web',
  'web:1.0.0-beta',
  `web:${'1'.repeat(128)}`,
  `localhost:5000/a/b_c--d:1@sha256:${'a'.repeat(64)}`,
  'Registry.Example.com/web:1',
  // Filled in later, by whatever means.
  '$IMAGE',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: Flux puts a value in its place
  '${REGISTRY}/Web:1',
  '$(params.image)',
  '{{ .Values.image }}',
  'web:{{inputs.parameters.tag}}',
  '<image>',
  'web:<tag here>',
  'IMAGE',
  'IMAGE:TAG',
  'gcr.io/PROJECT_ID/web:1',
  '%IMAGE%',
  '__image__',
  '@@image@@',
  '',
])('nothing is said of %j', (image) => expect(messagesOf(image)).toEqual([]))

test('values from elsewhere complete what a chart leaves open, and no more', () => {
  const chart = { isCompletedElsewhere: true }
  expect(['web:', '/web:1', ':1', 'web:%!s(<nil>)', 'ghcr.io/:1'].flatMap((image) => messagesOf(image, chart))).toEqual(
    [],
  )
  expect(messagesOf('web:1.0.0 beta', chart)).toHaveLength(1)
})

test('a name that a kustomization replaces is judged where it is used', () => {
  const isReplaced = (name: string) => name === 'Web/App'
  expect(messagesOf('Web/App:1', { isReplaced })).toEqual([])
  expect(messagesOf('Other/App:1', { isReplaced })).toHaveLength(1)
})

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: Web/App
`

describe('it is told where a person changes it', () => {
  const base = { 'base/web.yaml': DEPLOYMENT, 'base/kustomization.yaml': 'resources: [web.yaml]\n' }
  const overlay = (image: string) => `resources: [../base]\nimages:\n  - name: Web/App\n${image}`

  test.each<[what: string, image: string, place: string[]]>([
    ['the tag', '    newName: web\n    newTag: "1.0.0 beta"\n', ['overlay/kustomization.yaml:5:13']],
    ['the name', '    newName: Web\n    newTag: "1"\n', ['overlay/kustomization.yaml:4:14']],
    ['the digest', '    newName: web\n    digest: sha256:12\n', ['overlay/kustomization.yaml:5:13']],
    ['nothing', '    newName: web\n    newTag: "1"\n', []],
    ['a manifest', '    newName: web\n    newTag: "1"\n  - name: other\n', []],
  ])('%s in the kustomization', async (_, image, places) => {
    const { report } = await validated({ ...base, 'overlay/kustomization.yaml': overlay(image) })
    expect(report.findings.map(placed)).toEqual(places.map((place) => `image/missing ${place}`))
    expect(report.outcome).toBe(places.length > 0 ? 'invalid' : 'valid')
  })

  test('in the manifest, where no overlay replaces it', async () => {
    const { report } = await validated({ ...base, 'plain.yaml': DEPLOYMENT.replace('name: web', 'name: other') })
    const place = ':11:18'
    expect(report.findings.map(placed)).toEqual([
      `image/missing base/web.yaml${place}`,
      `image/missing plain.yaml${place}`,
    ])
  })

  test('not in a base that is looked at by itself, if an overlay replaces it', async () => {
    const files = { ...base, 'overlay/kustomization.yaml': overlay('    newName: web\n    newTag: "1"\n') }
    expect((await validated(files, ['base'])).report.findings).toEqual([])
  })
})
