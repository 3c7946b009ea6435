import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskSecrets } from '../../src/diff/mask.ts'
import { maskText } from '../../src/diff/mask-text.ts'
import { patchOf } from '../../src/diff/patch.ts'
import { resource } from './diff-world.ts'

const MASK = '••••••••'

describe('a Secret', () => {
  test('shows its keys and that a value changed, and no value', () => {
    const before = resource('Secret', 'db', {
      type: 'Opaque',
      data: { same: 'c2FtZQ==', other: 'b2xk', gone: 'Z29uZQ==' },
    })
    const after = resource('Secret', 'db', {
      type: 'Opaque',
      data: { same: 'c2FtZQ==', other: 'bmV3', fresh: 'ZnJlc2g=' },
    })
    expect(patchOf({ before, after })?.lines).toEqual([
      '@@ -1,7 +1,7 @@',
      ' apiVersion: v1',
      ' data:',
      `-  gone: ${MASK}`,
      `-  other: ${MASK} (before)`,
      `+  fresh: ${MASK}`,
      `+  other: ${MASK} (after)`,
      `   same: ${MASK}`,
      ' kind: Secret',
      ' metadata:',
    ])
  })

  test('is masked on the side where it has become one', () => {
    const before = resource('Secret', 'db', { data: { a: 'canary' } }).value
    const after = { ...before, kind: 'ConfigMap' }
    expect(maskSecrets(after, before, 'after').data).toEqual({ a: MASK })
  })

  test('shows nothing of a field whose name is misspelt, nor of the annotation that holds a copy', () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': 'not even JSON: canary', team: 'web' }
    const { value } = resource('Secret', 'db', { metadata: { annotations }, stringdata: { a: ['canary', 7, null] } })
    const masked = maskSecrets(value, undefined, 'after')
    expect(masked.stringdata).toEqual({ a: [MASK, MASK, null] })
    expect(masked.metadata).toMatchObject({ annotations: { team: 'web' } })
    expect(JSON.stringify(masked)).not.toContain('canary')
  })

  test('tells no value, whatever it is and wherever it changes', () => {
    const canary = fc.stringMatching(/^[a-z0-9]{12,20}$/).map((text) => `canary${text}`)
    const leaf = fc.oneof(
      canary,
      canary.map((text) => Buffer.from(text).toString('base64')),
      canary.map((text) => `a\n${text}\n`),
    )
    const data = fc.dictionary(
      fc.stringMatching(/^[a-c]{1,2}$/),
      fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.constantFrom('x', 'y'), leaf)),
    )
    const secret = fc.record({ data, stringData: data }).map((fields) => resource('Secret', 'db', fields))
    fc.assert(
      fc.property(secret, secret, (before, after) => {
        const told = JSON.stringify([patchOf({ before, after }), patchOf({ before }), patchOf({ after })])
        expect(told).not.toMatch(/canary|Y2FuYXJ5/)
        const differs = JSON.stringify(sorted(before.value)) !== JSON.stringify(sorted(after.value))
        expect(patchOf({ before, after }) !== undefined).toBe(differs)
      }),
      { numRuns: 200 },
    )
  })
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, child]) => [key, sorted(child)])
}

describe('other resources', () => {
  test.each<[what: string, value: object, other: object | undefined, masked: object]>([
    ['a field named like a credential', { password: 'x', port: 5432 }, undefined, { password: MASK, port: 5432 }],
    [
      'a switch of such a name says what it says',
      { automountServiceAccountToken: true },
      undefined,
      { automountServiceAccountToken: true },
    ],
    [
      'a name of a Secret is none',
      { secretName: 'db', secretRef: { name: 'db' } },
      undefined,
      { secretName: 'db', secretRef: { name: 'db' } },
    ],
    [
      'a variable, found again by its name',
      { env: [{ name: 'DB_PASSWORD', value: 'b' }] },
      {
        env: [
          { name: 'A', value: 'b' },
          { name: 'DB_PASSWORD', value: 'a' },
        ],
      },
      { env: [{ name: 'DB_PASSWORD', value: `${MASK} (after)` }] },
    ],
    [
      'an argument',
      { args: ['--token=abc', '--port=1'] },
      { args: ['--token=abc'] },
      { args: [`--token=${MASK}`, '--port=1'] },
    ],
  ])('%s', (_, value, other, masked) => {
    expect(maskSecrets({ spec: value }, other && { spec: other }, 'after')).toEqual({ spec: masked })
  })

  test.each<[what: string, text: string, other: string | undefined, masked: string]>([
    ['properties', 'port=1\ndb.password=a', 'port=1\ndb.password=b', `port=1\ndb.password=${MASK} (after)`],
    ['an equal line', 'password: a\nx: 1\n', 'x: 2\npassword: a\n', `password: ${MASK}\nx: 1\n`],
    ['JSON on one line', '{"user":"u","password":"a\\"b"}', undefined, `{"user":"u","password":"${MASK}"}`],
    ['a Secret in a text', 'apiVersion: v1\nkind: Secret\ndata: {a: b}', 'kind: Secret', `${MASK} (after)`],
    ['a Secret as JSON', '{"kind":"Secret","data":{"a":"b"}}', undefined, MASK],
    ['an image', 'ghcr.io/acme/web:1.2.3', undefined, 'ghcr.io/acme/web:1.2.3'],
    ['a list of Secrets is told', 'kind: SecretStore', undefined, 'kind: SecretStore'],
  ])('text: %s', (_, text, other, masked) => {
    expect(maskText(text, other, 'after')).toBe(masked)
  })
})
