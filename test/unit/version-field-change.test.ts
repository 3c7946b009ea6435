import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeVersions } from '../../src/image/change.ts'
import type { FieldKind, VersionField } from '../../src/image/field.ts'
import { findVersionFields } from '../../src/image/fields.ts'
import { DEFAULT_YAML_LIMITS as limits } from '../../src/yaml/limits.ts'
import { readYaml } from '../../src/yaml/read.ts'

const OLD = `sha256:${'0'.repeat(64)}`
const NEW = `sha256:${'1'.repeat(64)}`

function fieldsOf(text: string): VersionField[] {
  const file = { path: 'a.yaml', yaml: readYaml(text, limits) }
  return findVersionFields(file, { promote: ['images', 'charts', 'refs'], limits }).fields
}

/** Changes the fields that have these old values. */
function change(text: string, values: Record<string, string>): string {
  const changes = fieldsOf(text).flatMap((field) => {
    const value = values[field.value]
    return value === undefined ? [] : [{ field, value }]
  })
  if (changes.length === 0) throw new Error('nothing to change')
  const edited = changeVersions(readYaml(text, limits), changes, limits)
  return edited.ok ? edited.text : `refused: ${edited.reason}`
}

const EVERYTHING = `# Deployed by hand.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web}   # 🚀
spec:
  sources:
  - repoURL: 'https://charts.example.org'
    chart: web
    targetRevision:   1.4.0   # chart
    helm:
      parameters: [{name: image.tag, value: v1.0.1}, {name: other.image.tag, value: "1.10"}]
      valuesObject:
          image: {repository: org/object, tag: 0.1}
      values: |-

        # within
        image:
           repository: org/string
           tag:   v4 # tag

        sidecars:
        - image: 'org/log:v5@${OLD}'
        - image: "org/log2@${OLD}"
  - repoURL: https://github.com/org/deploy.git
    targetRevision: "v2.0.0"
    kustomize: {images: [org/plain:v6, old=org/new:v7]}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: x
spec:
  template:
    spec:
      containers:
        - image: >-
            registry.example.org:5000/a/rather/long/name:v8
          name: a
        - {name: b, image: &b b:v9}
      initContainers:
        - {name: c, image: *b}
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
spec: {url: https://github.com/org/x, ref: {name: refs/tags/v10.0.0}}
`

test('every field of a file with everything: one line each, in any line ending', () => {
  for (const text of [EVERYTHING, EVERYTHING.replaceAll('\n', '\r\n'), EVERYTHING.trimEnd()]) {
    const fields = fieldsOf(text)
    expect(fields.length).toBe(15)
    for (const field of fields.filter(({ editable }) => editable === true)) {
      const value = { tag: '706798e8', digest: NEW, chart: '9.9.9', ref: 'v9.9.9' }[field.kind]
      const edited = changeVersions(readYaml(text, limits), [{ field, value }], limits)
      expect(edited).toMatchObject({ ok: true })
      if (!edited.ok) continue
      const lines = text.split('\n')
      expect(edited.text.split('\n').filter((line, at) => line !== lines[at])).toHaveLength(1)
      const after = fieldsOf(edited.text)
      expect(after.filter((one, at) => one.value !== fields[at]?.value && one.site.style !== 'alias')).toMatchObject([
        { value, line: field.line, path: field.path },
      ])
      expect(after).toHaveLength(fields.length)
    }
  }
})

const versions: Readonly<Record<FieldKind, fc.Arbitrary<string>>> = {
  tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/),
  digest: fc.stringMatching(/^sha256:[0-9a-f]{64}$/),
  chart: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.')),
  ref: fc.constantFrom('v1.2.3', '706798e', '0123456', 'release-2026-01-01', 'v9'),
}

test('any fields at once, to any versions: they read back, and the others stay', () => {
  const fields = fieldsOf(EVERYTHING)
  const editable = fields.flatMap((field, at) => (field.editable === true ? [at] : []))
  const changes = fc
    .subarray(editable, { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((at) => versions[(fields[at] as VersionField).kind].map((value) => ({ at, value })))),
    )
  fc.assert(
    fc.property(changes, (chosen) => {
      const edited = changeVersions(
        readYaml(EVERYTHING, limits),
        chosen.map(({ at, value }) => ({ field: fields[at] as VersionField, value })),
        limits,
      )
      expect(edited).toMatchObject({ ok: true })
      const wanted = fields.map(({ value }) => value)
      for (const { at, value } of chosen) wanted[at] = value
      const after = fieldsOf(edited.ok ? edited.text : '')
      const written = (values: readonly string[]) => values.filter((_, at) => fields[at]?.site.style !== 'alias')
      expect(written(after.map(({ value }) => value))).toEqual(written(wanted))
      expect(edited.ok && edited.text.split('\n').length).toBe(EVERYTHING.split('\n').length)
    }),
    { numRuns: 300 },
  )
})

describe('changeVersions', () => {
  test.each<[text: string, values: Record<string, string>, expected: string]>([
    ['image: a:v1 # c\n', { v1: 'v2' }, 'image: a:v2 # c\n'],
    [`image: "a:v1@${OLD}"\n`, { v1: 'v2', [OLD]: NEW }, `image: "a:v2@${NEW}"\n`],
    [
      `image: {repository: a, tag: v1, digest: ${OLD}}\n`,
      { v1: 'v2', [OLD]: NEW },
      `image: {repository: a, tag: v2, digest: ${NEW}}\n`,
    ],
    ['image: {repository: a, tag: 1.10}\n', { '1.10': '1.20' }, 'image: {repository: a, tag: "1.20"}\n'],
    ['image: {repository: a, tag: 0.1}\n', { '0.1': 'v2' }, 'image: {repository: a, tag: v2}\n'],
  ])('%j', (text, values, expected) => {
    expect(change(text, values)).toBe(expected)
  })

  test.each<[text: string, values: Record<string, string>, reason: RegExp]>([
    ['image: a:v1\n', { v1: 'v1; rm' }, /no valid tag/],
    ['image: a:v1\n', { v1: 'v1\nevil: true' }, /no valid tag/],
    ['image: a:v1\n', { v1: 'x'.repeat(129) }, /no valid tag/],
    ['image: a:v1\n', { v1: 'v1+build' }, /no valid tag/],
    [`image: a@${OLD}\n`, { [OLD]: OLD.slice(0, -1) }, /no digest/],
    ['{ chart: a, version: 1.0.0 }\n', { '1.0.0': '>=1.0.0' }, /no complete chart version/],
    ['{ repoURL: "https://a/b", targetRevision: v1 }\n', { v1: '--upload-pack=x' }, /no tag or commit/],
    ['{ repoURL: "https://a/b", targetRevision: v1 }\n', { v1: 'main' }, /no tag or commit/],
    ['image: a:latest\n', { latest: 'v1' }, /may name another image/],
    ['a: { image: { tag: &t v1 } }\nb: { image: { tag: *t } }\n', { v1: 'v2' }, /alias/],
    ['image: { tag: v1, repository: a }\nsops: { mac: x }\n', { v1: 'v2' }, /SOPS/],
  ])('%j is refused', (text, values, reason) => {
    expect(change(text, values)).toMatch(/^refused: [^\n]{10,}\.$/)
    expect(change(text, values)).toMatch(reason)
  })

  test('changes nothing unless all changes can be made', () => {
    const text = 'a: { image: { tag: v1 } }\nb: { image: { tag: latest } }\n'
    expect(change(text, { v1: 'v2', latest: 'v3' })).toMatch(/^refused/)
  })

  test('refuses fields of another text', () => {
    const [field] = fieldsOf('a: 1\nimage: a:v1\n')
    const edited = changeVersions(
      readYaml('a: 1\nb: 2\nimage: a:v1\n', limits),
      [{ field: field as VersionField, value: 'v2' }],
      limits,
    )
    expect(edited.ok).toBe(false)
  })
})
