import { describe, expect, test } from 'vitest'
import { plaintextSecret } from '../../src/validate/rules/plaintext-secret.ts'

function readable(stringData: Record<string, string>, labels: Record<string, string> = {}): string[] {
  const value = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x', labels }, stringData }
  const resource = { apiVersion: 'v1', kind: 'Secret', value } as unknown as Parameters<typeof plaintextSecret>[0]
  return plaintextSecret(resource, () => true).map(({ path }) => String(path[1]))
}

const REPOSITORY = { 'argocd.argoproj.io/secret-type': 'repository' }

describe('what says where a repository or cluster of Argo CD is', () => {
  const addresses = { type: 'git', url: 'https://github.com/acme/web', name: 'web', project: 'default' }

  test('is no secret', () => {
    expect(readable(addresses, REPOSITORY)).toEqual([])
    expect(readable({ url: 'ssh://git@example.org/web.git' }, REPOSITORY)).toEqual([])
  })

  test('but how to get in is', () => {
    expect(readable({ ...addresses, password: 'x' }, REPOSITORY)).toEqual(['password'])
    expect(readable({ url: 'https://me:token@example.org/web' }, REPOSITORY)).toEqual(['url'])
    expect(readable({ config: '{"bearerToken": "x"}' }, { 'argocd.argoproj.io/secret-type': 'cluster' })).toEqual([
      'config',
    ])
  })

  test('and another Secret is one', () => {
    expect(readable(addresses)).toEqual(Object.keys(addresses))
  })
})
