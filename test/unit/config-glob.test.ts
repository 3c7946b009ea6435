import { describe, expect, test } from 'vitest'
import { anyGlob, parseGlob } from '../../src/config/glob.ts'

describe('a glob matches', () => {
  test.each([
    ['apps/**/*.yaml', 'apps/a.yaml', true],
    ['apps/**/*.yaml', 'apps/a/b/c.yaml', true],
    ['apps/**/*.yaml', 'apps/a/b/c.yml', false],
    ['apps/**/*.yaml', 'x/apps/a.yaml', false],
    ['**/testdata', 'a/testdata/x.yaml', true],
    ['**/testdata', 'testdata', true],
    ['**/testdata', 'testdata2/x', false],
    ['vendor', 'vendor/a/b.yaml', true],
    ['vendor/', 'vendor/a/b.yaml', true],
    ['./vendor', 'vendor/a', true],
    ['vendor', 'vendored/a', false],
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'a/b.yaml', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['a[bc]d', 'acd', true],
    ['a[!bc]d', 'acd', false],
    ['{a,b}/*.yaml', 'b/x.yaml', true],
    ['{a,b}/*.yaml', 'c/x.yaml', false],
    ['**', '.github/workflows/ci.yml', true],
    ['*', '.hidden', true],
    ['a.b', 'axb', false],
    ['a+b', 'aab', false],
    ['a(b)c', 'a(b)c', true],
    ['$(id)', '$(id)', true],
    ['a|b', 'a', false],
    ['{a,(b)}', '(b)', true],
  ])('%s, %s: %j', (glob, path, matches) => {
    expect(parseGlob(glob)).toMatchObject({ ok: true })
    expect(anyGlob([glob])(path)).toBe(matches)
  })

  test('if any does', () => {
    expect(anyGlob(['a', 'b'])('b/x')).toBe(true)
    expect(anyGlob([])('b')).toBe(false)
  })
})

describe('a glob is refused', () => {
  const RELATIVE = 'must be a glob relative to the repository root, without "..", "~" or "!"'
  test.each([
    ['', 'must be a path or glob such as apps/**/*.yaml'],
    ['/etc', RELATIVE],
    ['~', RELATIVE],
    ['../x', RELATIVE],
    ['a/../x', RELATIVE],
    ['!a', RELATIVE],
    ['x'.repeat(1001), 'must be a glob of at most 1000 characters'],
  ])('%s', (glob, problem) => {
    expect(parseGlob(glob)).toEqual({ ok: false, problem })
  })
})

// As JavaScript regular expressions these would take longer than the universe has been there.
test.each([
  ['*a'.repeat(30), 'a'.repeat(4000)],
  [`${'**/a*/'.repeat(20)}b`, 'aa/'.repeat(1300)],
  ['{a,aa}'.repeat(40), 'a'.repeat(4000)],
  [`${'*?'.repeat(100)}b`, 'a'.repeat(4000)],
])('%s is matched in linear time', (glob, path) => {
  expect(anyGlob([glob])(`${path}!`)).toBe(false)
})
