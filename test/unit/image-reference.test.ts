import { describe, expect, test } from 'vitest'
import { formatReference, isMoving, nameOf, normalizedName, parseReference } from '../../src/image/reference.ts'
import { isDigest, isTag } from '../../src/image/tag.ts'

const SHA = `sha256:${'0123456789abcdef'.repeat(4)}`

function parsed(text: string) {
  const result = parseReference(text)
  return result.ok ? result.reference : result.problem.part
}

describe('parseReference', () => {
  test.each([
    ['nginx', { repository: 'nginx' }],
    ['nginx:1.27', { repository: 'nginx', tag: '1.27' }],
    ['library/nginx:1.27', { repository: 'library/nginx', tag: '1.27' }],
    ['ghcr.io/org/app:v1', { registry: 'ghcr.io', repository: 'org/app', tag: 'v1' }],
    ['localhost/app', { registry: 'localhost', repository: 'app' }],
    ['localhost:5000/app:v1', { registry: 'localhost:5000', repository: 'app', tag: 'v1' }],
    ['registry:5000/app', { registry: 'registry:5000', repository: 'app' }],
    ['[::1]:5000/app:v1', { registry: '[::1]:5000', repository: 'app', tag: 'v1' }],
    [`app@${SHA}`, { repository: 'app', digest: SHA }],
    [`ghcr.io/a/b:v1@${SHA}`, { registry: 'ghcr.io', repository: 'a/b', tag: 'v1', digest: SHA }],
    ['a__b/c.d/e---f:X_y.Z-0', { repository: 'a__b/c.d/e---f', tag: 'X_y.Z-0' }],
    ['HOST/app', { registry: 'HOST', repository: 'app' }],
  ])('%s', (text, expected) => {
    expect(parsed(text)).toEqual(expected)
    const result = parseReference(text)
    expect(result.ok && formatReference(result.reference)).toBe(text)
  })

  test.each([
    ['', 'repository'],
    [':v1', 'repository'],
    ['Nginx', 'repository'],
    ['org/App:v1', 'repository'],
    ['app.:v1', 'repository'],
    ['a//b', 'repository'],
    ['a___b', 'repository'],
    ['-app', 'repository'],
    ['ghcr.io/', 'repository'],
    ['a'.repeat(256), 'repository'],
    ['a/'.repeat(600), 'repository'],
    ['0'.repeat(64), 'repository'],
    ['-host.io/app', 'repository'],
    ['app:', 'tag'],
    ['app:.hidden', 'tag'],
    ['app:v1+build', 'tag'],
    ['app:v1 ', 'tag'],
    ['app:v1;rm', 'tag'],
    ['app:v1\n', 'tag'],
    [`app:${'v'.repeat(129)}`, 'tag'],
    ['app@sha256:abc', 'digest'],
    [`app@${SHA.slice(0, -1)}`, 'digest'],
    [`app@${SHA.toUpperCase()}`, 'digest'],
    ['app@', 'digest'],
  ])('%j is refused', (text, part) => {
    expect(parsed(text)).toBe(part)
    const result = parseReference(text)
    expect(!result.ok && result.problem.message).toMatch(/^[A-Z][^\n]{10,200}\.$/)
  })
})

test.each([
  ['nginx', 'docker.io/library/nginx'],
  ['docker.io/nginx', 'docker.io/library/nginx'],
  ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
  ['org/app', 'docker.io/org/app'],
  ['GHCR.io/org/app', 'ghcr.io/org/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
])('%s compares as %s', (name, expected) => {
  expect(normalizedName(name)).toBe(expected)
})

test('a name is registry and repository as written', () => {
  expect(nameOf({ registry: 'ghcr.io', repository: 'a/b', tag: 'v1' })).toBe('ghcr.io/a/b')
  expect(nameOf({ repository: 'nginx' })).toBe('nginx')
})

test.each([
  [{}, true],
  [{ tag: 'latest' }, true],
  [{ tag: 'stable' }, true],
  [{ tag: 'main' }, true],
  [{ tag: 'v1' }, false],
  [{ tag: '3-alpine' }, false],
  [{ tag: 'latest', digest: SHA }, false],
  [{ digest: SHA }, false],
])('%j moves: %s', (reference, moving) => {
  expect(isMoving(reference)).toBe(moving)
})

test('tags and digests keep to the grammar', () => {
  expect(['v1', '_', 'A.b-c_9', 'x'.repeat(128)].filter((tag) => !isTag(tag))).toEqual([])
  expect(['', '.a', '-a', 'a+b', 'ä', 'x'.repeat(129), 'a\n'].filter(isTag)).toEqual([])
  expect(
    [SHA, `sha512:${'a'.repeat(128)}`, `other+alg:${'f'.repeat(32)}`].filter((digest) => !isDigest(digest)),
  ).toEqual([])
  expect([`sha256:${'a'.repeat(63)}`, `sha512:${'a'.repeat(64)}`, 'a'.repeat(64), `${SHA}\n`].filter(isDigest)).toEqual(
    [],
  )
})
