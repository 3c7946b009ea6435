import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { DEFAULT_YAML_LIMITS } from '../../src/yaml/limits.ts'
import type { PathStep } from '../../src/yaml/locate.ts'
import { locateIn, readYaml } from '../../src/yaml/read.ts'

const read = (text: string) => readYaml(text, DEFAULT_YAML_LIMITS)

function problemsOf(text: string): string[] {
  const yaml = read(text)
  return [...yaml.problems, ...yaml.documents.flatMap((document) => document.problems)].map((problem) => {
    const { line, column } = yaml.positions.at(problem.offset)
    return `${line}:${column} ${problem.rule}`
  })
}

describe('problems stand where a person can mend them', () => {
  test.each([
    ['a: 1\nb: 2\na: 3\n', ['3:1 yaml/duplicate-key']],
    ['a: b: c\n', ['1:5 yaml/syntax']],
    ['a: *nothing\n', ['1:4 yaml/syntax']],
    ['a: &a [*a]\n', ['1:8 yaml/syntax']],
    ['? {a: 1}\n: 2\n', ['1:3 yaml/syntax']],
    ['~: 1\n', ['1:1 yaml/syntax']],
    ['a: !custom 1\n', ['1:4 yaml/syntax']],
    ['a: .inf\n', ['1:4 yaml/syntax']],
    ['on: 1\n', ['1:1 yaml/ambiguous-scalar']],
    ['base: &b {k: 1}\nz: {k: 2, <<: *b}\n', ['2:11 yaml/duplicate-key']],
    ['base: &b {k: 1}\nz: {<<: *b, k: 2}\n', ['2:13 yaml/duplicate-key']],
    ['base: &b {k: 1}\nz: {k: 1, <<: *b}\n', []],
    ['a: 1\r\nb: no\r\n', ['2:4 yaml/ambiguous-scalar']],
    [`${'['.repeat(100_000)}`, ['1:100 yaml/limit']],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toEqual(expected)
  })
})

describe('one broken document hides no other', () => {
  test.each([
    ['a: [\n---\nb: 2\n', [{ b: 2 }]],
    ['a: 1\n---\nb: [\n---\nc: 3\n', [{ a: 1 }, { c: 3 }]],
    ['a: 1\n---\nb: [\n', [{ a: 1 }]],
    ['%YAML 3.0\n---\na: 1\n', [{ a: 1 }]],
  ])('%j', (text, expected) => {
    const values = read(text)
      .documents.filter((document) => !document.empty)
      .map((document) => document.value)
    expect(values).toEqual(expected)
    expect(read(text).problems).toHaveLength(1)
  })
})

test('every document is seen, also one on the separator line', () => {
  const { documents } = read('--- {a: 1}\n--- # c\nb: 2\n---\n# only\n')
  expect(documents.map((document) => (document.empty ? 'empty' : document.value))).toEqual([
    { a: 1 },
    { b: 2 },
    'empty',
  ])
})

describe('aliases', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let n = 1; n < 12; n++)
    bomb.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    )

  test('a bomb is a limit, named, without being expanded', () => {
    expect(problemsOf(bomb.join('\n'))).toEqual(['1:1 yaml/limit'])
  })

  test('hundreds of aliases to a small anchor are fine', () => {
    expect(problemsOf(`a: &a x\nb: [${Array(900).fill('*a').join(', ')}]`)).toEqual([])
  })
})

test('a prototype is never touched', () => {
  const { documents } = read('__proto__: {polluted: true}\nconstructor: 1\n')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  expect(Object.keys(documents[0]?.value as object)).toEqual(['__proto__', 'constructor'])
})

describe('places', () => {
  const text = [
    'base: &b {image: x}',
    'list:',
    '  - name: "a"',
    '    text: |',
    '      foo',
    '    <<: *b',
    '  - *b',
    'empty:',
    "q: 'z'",
  ].join('\n')
  test.each<[PathStep[], string, string | undefined]>([
    [['list', 0, 'name'], '3:11', '3:5'],
    [['list', 0, 'text'], '4:11', '4:5'],
    [['list', 0, 'image'], '6:9', undefined],
    [['list', 1, 'image'], '7:5', undefined],
    [['empty'], '8:7', '8:1'],
    [['q'], '9:4', '9:1'],
    [['base'], '1:10', '1:1'],
  ])('%j', (path, value, key) => {
    const yaml = read(text)
    const found = locateIn(yaml, yaml.documents[0] as (typeof yaml.documents)[number], path)
    const show = (offset: number) => Object.values(yaml.positions.at(offset)).join(':')
    expect(found && show(found.value.start)).toBe(value)
    expect(found?.key && show(found.key.start)).toBe(key)
  })
})

/** Keys are dumped plain where YAML 1.2 allows it: these no reader takes for anything but a word. */
const key = fc.constantFrom('name', 'image', 'a.b/c', 'with space', 'x-y', 'labels', 'spec', 'UPPER', 'data')
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('no', 'y', '010', '1_0'),
)
const value = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(key, tie('node'), { maxKeys: 4 }),
  ),
})).node

test('what is written so that every reader agrees is read back, and every path is found', () => {
  fc.assert(
    fc.property(fc.dictionary(key, value), (written) => {
      const yaml = read(dump(written, { forceQuotes: true, quoteStyle: 'double' }))
      const document = yaml.documents[0] as (typeof yaml.documents)[number]
      expect(document.value).toEqual(JSON.parse(JSON.stringify(written)))
      for (const path of pathsOf(written)) expect(locateIn(yaml, document, path)).toBeDefined()
    }),
  )
})

function pathsOf(value: unknown): PathStep[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  const entries: [PathStep, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [[], ...entries.flatMap(([step, child]) => pathsOf(child).map((path) => [step, ...path]))]
}

test('no text makes the reader throw or hang', () => {
  expect(problemsOf('\n|')).toEqual([])

  const pieces = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    '&a ',
    '*a',
    '<<',
    '"',
    "'",
    '|',
    '>',
    '---',
    '#',
    '!!str ',
    ',',
    '?',
    '%',
    '\t',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => void read(parts.join(''))),
    { numRuns: 2000 },
  )
})
