import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/report/finding.ts'
import { dedupe, sortFindings } from '../../src/validate/dedupe.ts'
import { findingOf } from './report-fixture.ts'

const sorted: Finding[] = [
  findingOf({ file: 'Z.yaml', line: 9 }),
  findingOf({ file: 'a.yaml', line: 2, column: 10 }),
  findingOf({ file: 'a.yaml', line: 10, column: 9, rule: 'api/removed' }),
  findingOf({ file: 'a.yaml', line: 10, column: 9, rule: 'schema/invalid', message: 'A.' }),
  findingOf({ file: 'a.yaml', line: 10, column: 9, rule: 'schema/invalid', message: 'B.', source: 'envs/a' }),
  findingOf({ file: 'a.yaml', line: 10, column: 9, rule: 'schema/invalid', message: 'B.', source: 'envs/b' }),
  findingOf({ file: 'a.yaml', line: 10, column: 10 }),
  findingOf({ file: 'ä.yaml', line: 1 }),
]

describe('sortFindings', () => {
  test('goes by file, line, column and rule, whatever the order they were found in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (found) => {
        expect(sortFindings(found)).toEqual(sorted)
      }),
    )
  })
})

describe('dedupe', () => {
  const from = (source?: string, more: Partial<Finding> = {}) => findingOf({ source, ...more })

  test.each<[string, Finding[], Finding[]]>([
    ['one source', [from('a')], [from('a')]],
    ['three sources', [from('a'), from('b'), from('c')], [from('a', { sources: 3 })]],
    ['a source twice', [from('a'), from('a'), from('b')], [from('a', { sources: 2 })]],
    ['no source', [from(), from()], [from()]],
    ['another message', [from('a'), from('b', { message: 'x' })], [from('a'), from('b', { message: 'x' })]],
    ['another column', [from('a'), from('b', { column: 20 })], [from('a'), from('b', { column: 20 })]],
    ['another line', [from('a'), from('b', { line: 20 })], [from('a'), from('b', { line: 20 })]],
    [
      'another rule',
      [from('a'), from('b', { rule: 'schema/missing' })],
      [from('a'), from('b', { rule: 'schema/missing' })],
    ],
    ['another file', [from('a'), from('b', { file: 'z.yaml' })], [from('a'), from('b', { file: 'z.yaml' })]],
  ])('makes of findings of %s what is to be told', (_, found, expected) => {
    expect(dedupe(found)).toEqual(expected)
  })

  test('leaves no two findings the same, and tells the same twice', () => {
    const arbitrary = fc.array(
      fc.record({
        line: fc.integer({ min: 1, max: 2 }),
        message: fc.constantFrom('A.', 'B.'),
        source: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(arbitrary, (found) => {
        const told = dedupe(sortFindings(found.map((more) => findingOf(more))))
        const keys = told.map(({ line, message }) => `${line} ${message}`)
        expect(keys).toEqual([...new Set(found.map(({ line, message }) => `${line} ${message}`))].sort())
        expect(dedupe(told).map(({ line, message }) => `${line} ${message}`)).toEqual(keys)
      }),
    )
  })
})
