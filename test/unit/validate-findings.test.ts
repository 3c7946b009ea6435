import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/report/finding.ts'
import { Coverage } from '../../src/validate/coverage.ts'
import { dedupe, sortFindings } from '../../src/validate/dedupe.ts'
import { markIntroduced } from '../../src/validate/introduced.ts'

const finding = (more: Partial<Finding> = {}): Finding => ({
  rule: 'schema/invalid',
  severity: 'error',
  message: 'data must be a mapping.',
  file: 'a.yaml',
  line: 5,
  column: 7,
  ...more,
})

describe('the same rule, place and message is one finding', () => {
  test('with the first source and their number', () => {
    const merged = dedupe(sortFindings(['prod', 'dev', 'staging', 'dev'].map((source) => finding({ source }))))
    expect(merged).toEqual([finding({ source: 'dev', sources: 3 })])
  })

  test.each<[what: string, other: Partial<Finding>]>([
    ['rule', { rule: 'schema/missing' }],
    ['file', { file: 'b.yaml' }],
    ['line', { line: 6 }],
    ['column', { column: 8 }],
    ['message', { message: 'data must be something else.' }],
  ])('another %s is another finding', (_, other) => {
    expect(dedupe(sortFindings([finding(other), finding()]))).toHaveLength(2)
  })

  test('one source twice is no second source', () => {
    expect(dedupe([finding({ source: 'dev' }), finding({ source: 'dev' })])).toEqual([finding({ source: 'dev' })])
  })
})

test('order is file, line, column, rule, whatever came first', () => {
  const ordered = [
    finding({ file: 'B.yaml' }),
    finding({ file: 'a.yaml', line: 2, column: 10 }),
    finding({ file: 'a.yaml', line: 10, column: 2 }),
    finding({ file: 'a.yaml', line: 10, column: 9, rule: 'api/removed' }),
    finding({ file: 'a.yaml', line: 10, column: 9, rule: 'schema/invalid' }),
    finding({ file: 'ä.yaml' }),
  ]
  expect(sortFindings([...ordered].reverse())).toEqual(ordered)
})

describe('what a change introduced', () => {
  const resource = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }
  test.each<
    [
      what: string,
      now: Partial<Finding>[],
      before: Partial<Finding>[],
      introduced: boolean[],
      renamed?: [string, string][],
    ]
  >([
    ['nothing was there', [{}], [], [true]],
    ['the same', [{}], [{}], [false]],
    ['moved lines', [{ line: 99, column: 1 }], [{}], [false]],
    ['a second one', [{}, { line: 9 }], [{}], [false, true]],
    ['another file', [{ file: 'b.yaml' }], [{}], [true]],
    ['a renamed file', [{ file: 'b.yaml' }], [{}], [false], [['b.yaml', 'a.yaml']]],
    ['another resource', [{ resource }], [{ resource: { ...resource, name: 'b' } }], [true]],
    ['another field', [{ pointer: '/b' }], [{ pointer: '/a' }], [true]],
    ['another place in the message', [{ message: 'is at a.yaml:9:1.' }], [{ message: 'is at a.yaml:2:3.' }], [false]],
    [
      'rendered by one more overlay',
      [{ source: 'again', resource: { ...resource, name: 'again-a' } }],
      [{ source: 'prod', resource }],
      [false],
    ],
  ])('%s', (_, now, before, introduced, renamed) => {
    const marked = markIntroduced(now.map(finding), before.map(finding), new Map(renamed))
    expect(marked.map((each) => each.introduced)).toEqual(introduced)
  })
})

describe('coverage', () => {
  const counted = { apiVersion: 'v1', kind: 'ConfigMap', minor: '1.34' }

  test('rows tell validated from not, with the reason, and add up', () => {
    const coverage = new Coverage()
    coverage.count({ ...counted, standing: 'valid' })
    coverage.count({ ...counted, standing: 'invalid' })
    coverage.count({ ...counted, standing: 'skipped', reason: 'skipped by configuration' })
    coverage.count({ ...counted, kind: 'A', standing: 'unvalidated', reason: 'no schema' })
    expect(coverage.rows()).toEqual([
      { apiVersion: 'v1', kind: 'A', count: 1, validated: false, reason: 'no schema' },
      { apiVersion: 'v1', kind: 'ConfigMap', count: 2, validated: true },
      { apiVersion: 'v1', kind: 'ConfigMap', count: 1, validated: false, reason: 'skipped by configuration' },
    ])
    expect([coverage.resources, coverage.totals]).toEqual([4, { valid: 1, invalid: 1, skipped: 1, unvalidated: 1 }])
  })

  test('rows name their minor only where there are several', () => {
    const coverage = new Coverage()
    coverage.count({ ...counted, standing: 'valid' })
    expect(coverage.rows().map((row) => row.kubernetes)).toEqual([undefined])
    coverage.count({ ...counted, minor: '1.33', standing: 'valid' })
    expect(coverage.rows().map((row) => row.kubernetes)).toEqual(['1.33', '1.34'])
  })
})
