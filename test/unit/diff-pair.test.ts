import { describe, expect, test } from 'vitest'
import { pairResources } from '../../src/diff/pair.ts'
import { resource } from './diff-world.ts'

type Named = [kind: string, name: string, fields?: Record<string, unknown>]

function paired(before: Named[], after: Named[]): string[] {
  const [old, now] = [before, after].map((side) => side.map((each) => resource(...each))) as [
    ReturnType<typeof resource>[],
    ReturnType<typeof resource>[],
  ]
  return pairResources(old, now).map(({ before, after }) => `${before?.name ?? ''} → ${after?.name ?? ''}`)
}

describe('resources are paired', () => {
  test.each<[what: string, before: Named[], after: Named[], pairs: string[]]>([
    [
      'by kind and name',
      [
        ['Service', 'a'],
        ['ConfigMap', 'a'],
      ],
      [['ConfigMap', 'a']],
      ['a → a', 'a → '],
    ],
    [
      'by namespace',
      [['Service', 'a', { metadata: { namespace: 'x' } }]],
      [['Service', 'a', { metadata: { namespace: 'y' } }]],
      ['a → ', ' → a'],
    ],
    [
      'whatever the version of the API',
      [['Job', 'a', { apiVersion: 'batch/v1beta1' }]],
      [['Job', 'a', { apiVersion: 'batch/v1' }]],
      ['a → a'],
    ],
    [
      'not across groups',
      [['Job', 'a', { apiVersion: 'batch/v1' }]],
      [['Job', 'a', { apiVersion: 'x.io/v1' }]],
      ['a → ', ' → a'],
    ],
    [
      'across a suffix of kustomize',
      [['ConfigMap', 'web-7h5bt7tm94']],
      [['ConfigMap', 'web-g4hk9g2ff8']],
      ['web-7h5bt7tm94 → web-g4hk9g2ff8'],
    ],
    [
      'across a suffix in hexadecimal',
      [['ConfigMap', 'web-abc123']],
      [['ConfigMap', 'web-def456']],
      ['web-abc123 → web-def456'],
    ],
    [
      'not where the suffix is a word',
      [['ConfigMap', 'web-facade']],
      [['ConfigMap', 'web-decade']],
      [' → web-decade', 'web-facade → '],
    ],
    ['not across kinds', [['ConfigMap', 'web-abc123']], [['Secret', 'web-def456']], ['web-abc123 → ', ' → web-def456']],
    [
      'not where there are several',
      [
        ['ConfigMap', 'web-abc123'],
        ['ConfigMap', 'web-abc456'],
      ],
      [['ConfigMap', 'web-def456']],
      ['web-abc123 → ', 'web-abc456 → ', ' → web-def456'],
    ],
    [
      'and stay with their own name first',
      [['ConfigMap', 'web-abc123']],
      [
        ['ConfigMap', 'web-abc123'],
        ['ConfigMap', 'web-def456'],
      ],
      ['web-abc123 → web-abc123', ' → web-def456'],
    ],
    [
      'in order where a key repeats',
      [
        ['Job', 'run-'],
        ['Job', 'run-'],
      ],
      [['Job', 'run-']],
      ['run- → run-', 'run- → '],
    ],
  ])('%s', (_, before, after, pairs) => {
    expect(paired(before, after)).toEqual(pairs)
  })
})
