import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_YAML_LIMITS as limits } from '../../src/yaml/limits.ts'
import { readYaml } from '../../src/yaml/read.ts'

function valuesOf(text: string): unknown[] {
  const { documents, problems } = readYaml(text, limits)
  expect(problems).toEqual([])
  return documents.map(({ value }) => value)
}

/** All of these are what go-yaml reads. */
describe('indentation counts for nothing within brackets and quotes', () => {
  test.each<[text: string, ...values: unknown[]]>([
    ['k:\n  args: [\n    a,\n    b\n  ]\n  c: 1\n', { k: { args: ['a', 'b'], c: 1 } }],
    ['k:\n  args: [\na,\nb\n]\n', { k: { args: ['a', 'b'] } }],
    ['k:\r\n  args: [\r\n    a\r\n  ]\r\n', { k: { args: ['a'] } }],
    ['labels: {\n  a: b\n}\nc: 1\n', { labels: { a: 'b' }, c: 1 }],
    ['- a: {\n  b: [\n  1, # one\n  2]\n  }\n- c\n', [{ a: { b: [1, 2] } }, 'c']],
    ["k: [ # first\n# second\n\n  \"a # b\", # third\n'it''s # c'\n# last\n]\n", { k: ['a # b', "it's # c"] }],
    ['k: ["a\nb",\n c\nd]\n', { k: ['a b', 'c d'] }],
    ['k: "a\n\nb"\nc: 1\n', { k: 'a\nb', c: 1 }],
    ["k: 'a\nb'\n", { k: 'a b' }],
    ['k: [\n\ta,\n\tb\n]\n', { k: ['a', 'b'] }],
    ['k: {\n\ta: 1\n}\n', { k: { a: 1 } }],
    ['k: [\na\n]\n---\nk: [\nb\n]\n', { k: ['a'] }, { k: ['b'] }],
    ['k: [a,\n]\n', { k: ['a'] }],
    ['k: &x [\na\n]\nl: *x\n', { k: ['a'], l: ['a'] }],
  ])('%j', (text, ...values) => {
    expect(valuesOf(text)).toEqual(values)
  })
})

describe('what nobody closed is told where it swallows what follows', () => {
  test.each([
    ['a: [\nb: 2\nc: 3\n', 2, 1],
    ['a: {\nb: 2\n', 2, 1],
    ['a: "x\nb: 2\n', 2, 1],
    ['a: [\n---\nb: 2\n', 2, 1],
    ['a: [\n  x\n]\nb: c: d\n', 4, 5],
    ['a: [\nx\n]\n---\nb: [\ny: 1\nz: 2\n', 6, 1],
  ])('%j', (text, line, column) => {
    const { problems, positions } = readYaml(text, limits)
    expect(problems.map(({ rule, offset }) => [rule, positions.at(offset)])).toEqual([
      ['yaml/syntax', { line, column }],
    ])
  })
})

test('lists over lines of any indentation read as on one line', () => {
  const item = fc.constantFrom('a', '"b # c"', "'d, e'", '{ f: g }', '[]', '1', '{h: [i]}')
  const gap = fc.constantFrom(' ', '\n', '\n  ', '\n\n', ' # note\n', '\n# note\n   ', '\n\t')
  fc.assert(
    fc.property(fc.array(fc.tuple(gap, item, gap), { minLength: 1, maxLength: 6 }), gap, (items, last) => {
      const listed = items.map(([before, text, after]) => `${before}${text}${after}`).join(',')
      const plain = items.map(([, text]) => text).join(', ')
      expect(valuesOf(`k:\n  l: [${listed},${last}]\n  m: 1\n`)).toEqual(valuesOf(`k: { l: [${plain}], m: 1 }\n`))
    }),
  )
})

test('a text of many such lines is given up, not read for ever', () => {
  const text = `k: [\n${'a,\n'.repeat(100_000)}]\n`
  const { problems } = readYaml(text, limits)
  expect(problems).toMatchObject([{ rule: 'yaml/syntax', message: 'Not valid YAML: deficient indentation.' }])
})
