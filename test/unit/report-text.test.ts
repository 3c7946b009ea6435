import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { excerpt } from '../../src/report/excerpt.ts'
import { formatText } from '../../src/report/text.ts'
import { commandsIn } from './report-commands.ts'
import { findingOf, hostile, hostileReport, reportOf } from './report-fixture.ts'

const plain = { colour: false, sourceLine: () => undefined }

describe('formatText', () => {
  test('shows every finding with its place, line and caret, then what was not checked, and the verdict', () => {
    const report = reportOf([
      findingOf({
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
        source: 'envs/prod',
        sources: 3,
        help: 'Write it without quotes.',
      }),
      findingOf({ rule: 'api/deprecated', severity: 'warning', message: 'It goes.', line: 1, column: 1 }),
      findingOf({ rule: 'policy/team', severity: 'notice', message: 'No team.', file: 'b.yaml', introduced: false }),
    ])
    const lines: Record<string, string> = { 'apps/web/deployment.yaml:7': '  replicas: "3" # evening' }
    const sourceLine = (file: string, line: number) => lines[`${file}:${line}`]
    expect(formatText(report, { colour: false, sourceLine })).toBe(`\
apps/web/deployment.yaml:7:13  error  schema/invalid
  spec.replicas must be an integer, but is a string.
  7 |   replicas: "3" # evening
    |             ^
  help: Write it without quotes.
  Deployment shop/web, rendered from envs/prod and 2 more

apps/web/deployment.yaml:1:1  warning  api/deprecated
  It goes.

b.yaml:7:13  notice  policy/team  (not new)
  No team.

Not validated
       1  example.com/v1 Widget: no schema known

✗ invalid: 1 error, 1 warning
3 resources from 2 sources and 4 files · 1 valid, 1 invalid, 0 skipped, 1 not validated · Kubernetes 1.34
`)
  })

  test('is short where all is well', () => {
    const coverage = [{ apiVersion: 'v1', kind: 'Service', count: 3, validated: true }]
    expect(formatText(reportOf([], { coverage }), plain)).toBe(`\
✓ valid: 0 errors, 0 warnings
3 resources from 2 sources and 4 files · 1 valid, 1 invalid, 0 skipped, 1 not validated · Kubernetes 1.34
`)
  })

  test('names the minor of what was not validated, where minors differ', () => {
    const row = { apiVersion: 'v1', kind: 'A', count: 12, validated: false, reason: 'skipped', kubernetes: '1.33' }
    expect(formatText(reportOf([], { coverage: [row], kubernetes: 'mixed' }), plain)).toContain(
      '\n      12  v1 A (Kubernetes 1.33): skipped\n',
    )
  })

  test('shows no line of a Secret', () => {
    const resource = { apiVersion: 'v1', kind: 'Secret', name: 'db' }
    const text = formatText(reportOf([findingOf({ resource })]), {
      colour: false,
      sourceLine: () => 'password: canary',
    })
    expect(text).not.toContain('canary')
    expect(text).toContain('  Secret db\n')
  })

  test('has colours where they are wanted, and only there', () => {
    const report = reportOf([findingOf({ severity: 'warning', help: 'Do.' }), findingOf()])
    const coloured = formatText(report, { colour: true, sourceLine: () => 'a: b' })
    expect(coloured).toContain('\u001b[31merror\u001b[39m')
    expect(coloured).toContain('\u001b[33mwarning\u001b[39m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how a colour starts
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(formatText(report, { colour: false, sourceLine: () => 'a: b' }))
  })

  test.each([
    ['message', { message: '::set-output name=a::b' }, '|   ::set-output name=a::b'],
    ['message after a line break', { message: 'a\r::error::b' }, '  a\\r::error::b'],
    ['message of the older form', { message: 'see ##[group]' }, '  see ##\\[group]'],
    ['file', { file: '::error::a.yaml' }, '| ::error::a.yaml:7:13  error  schema/invalid'],
    ['policy', { rule: 'policy/a\n::error::b' as const }, ':13  error  policy/a\\n::error::b'],
    ['kind', { resource: { apiVersion: 'v1', kind: '::error::', name: 'a' } }, '|   ::error:: a'],
    ['source', { source: '\u001b[2J\u202e' }, '  rendered from \\u{202e}'],
  ])('makes a command in a %s harmless', (_, more, expected) => {
    expect(formatText(reportOf([findingOf(more)]), plain)).toContain(`${expected}\n`)
  })

  test('gives no command, and steers no terminal, whatever a report and its files hold', () => {
    fc.assert(
      fc.property(hostileReport, hostile, (report, line) => {
        const text = formatText(report, { colour: false, sourceLine: () => line })
        expect(commandsIn(text)).toEqual([])
        expect(text).toMatch(/^(?:\n|\P{Cc})*$/u)
        expect(text).not.toMatch(/\p{Cf}/u)
        expect(commandsIn(formatText(report, { colour: true, sourceLine: () => line }))).toEqual([])
      }),
      { numRuns: 5000 },
    )
  })
})

describe('excerpt', () => {
  test.each([
    ['a: b', 4, 'a: b', '   ^'],
    ['a: b', 1, 'a: b', '^'],
    ['a:', 9, 'a:', '  ^'],
    ['\ta: b', 5, '  a: b', '     ^'],
    ['\u6f22\u5b57: x', 5, '\u6f22\u5b57: x', '      ^'],
    ['"😀": x', 7, '"😀": x', '      ^'],
    ['e\u0301: x', 5, 'e\u0301: x', '   ^'],
    ['a\u202e: x', 5, 'a\\u{202e}: x', '           ^'],
    ['a: \u001b[31mx', 9, 'a: x', '   ^'],
  ])('%j at %i', (line, column, text, caret) => {
    expect(excerpt(line, column)).toEqual({ text, caret })
  })

  test('cuts a long line around the caret', () => {
    const line = `${'a'.repeat(300)}X${'b'.repeat(300)}`
    const { text, caret } = excerpt(line, 301)
    expect(text).toBe(`…${'a'.repeat(50)}X${'b'.repeat(49)}…`)
    expect(text[caret.length - 1]).toBe('X')
  })

  test('cuts the end of a line with a caret near its start', () => {
    expect(excerpt(`key: ${'v'.repeat(200)}`, 6)).toEqual({ text: `key: ${'v'.repeat(95)}…`, caret: '     ^' })
  })

  test('cuts no character in half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.constantFrom('', 'a'), (column, shift) => {
        expect(excerpt(`${shift}${'😀'.repeat(300)}`, column).text).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })

  test('has a caret under the character at the column, wherever a line of plain characters is cut', () => {
    const line = Array.from({ length: 400 }, (_, index) => 'abcdefghij'[index % 10]).join('')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (column) => {
        const { text, caret } = excerpt(line, column)
        expect(text[caret.length - 1]).toBe(line[column - 1])
        expect(text.length).toBeLessThanOrEqual(102)
      }),
    )
  })
})
