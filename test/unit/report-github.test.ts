import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseAnnotations, formatAnnotation } from '../../src/action/annotations.ts'
import { formatGithub } from '../../src/report/github.ts'
import { visible } from '../../src/report/neutralise.ts'
import { commandsIn } from './report-commands.ts'
import { findingOf, findingsOf, hostile, hostileReport, reportOf } from './report-fixture.ts'

describe('formatAnnotation', () => {
  test.each([
    [
      findingOf(),
      '::error file=apps/web/deployment.yaml,line=7,col=13,title=schema/invalid::spec.replicas must be an integer, but is a string.',
    ],
    [
      findingOf({ severity: 'warning', rule: 'image/mutable-tag', message: 'It moves.', help: 'Pin it.' }),
      '::warning file=apps/web/deployment.yaml,line=7,col=13,title=image/mutable-tag::It moves. Pin it.',
    ],
    [
      findingOf({ severity: 'notice', file: 'a,b::c%.yaml', message: '100% of a:\r\n::add-mask::x ##[set-env]' }),
      '::notice file=a%2Cb%3A%3Ac%25.yaml,line=7,col=13,title=schema/invalid::100%25 of a:\\r\\n::add-mask::x ##\\[set-env]',
    ],
  ])('%# is one escaped command', (finding, expected) => {
    expect(formatAnnotation(finding)).toBe(expected)
  })

  test('cuts a message at what the runner keeps, and no character in half', () => {
    const [command] = commandsIn(formatAnnotation(findingOf({ message: `${'a'.repeat(4094)}😀😀` })))
    expect(command?.data).toBe(`${'a'.repeat(4094)}…`)
  })

  test('reads back as what was found, whatever that is', () => {
    fc.assert(
      fc.property(hostile, hostile, (file, message) => {
        const line = formatAnnotation(findingOf({ file, message }))
        expect(commandsIn(line)).toEqual([
          {
            name: 'error',
            properties: { file: visible(file), line: '7', col: '13', title: 'schema/invalid' },
            data: visible(message),
          },
        ])
      }),
    )
  })
})

describe('formatGithub', () => {
  test('prints annotations and the verdict', () => {
    expect(formatGithub(reportOf([findingOf({ message: 'Wrong.' })]))).toBe(
      '::error file=apps/web/deployment.yaml,line=7,col=13,title=schema/invalid::Wrong.\n' +
        'invalid: 1 error, 0 warnings; 3 resources, 0 skipped, 1 not validated\n',
    )
  })

  test('shows ten of a level, what the change brought first, and counts the rest', () => {
    const errors = findingsOf(12, (index) => ({ introduced: index >= 10 }))
    const warnings = findingsOf(11, () => ({ severity: 'warning' }))
    const notices = findingsOf(12, () => ({ severity: 'notice' }))
    const commands = commandsIn(formatGithub(reportOf([...errors, ...warnings, ...notices])))
    const lines = (name: string) => commands.filter((each) => each.name === name).map((each) => each.properties.line)
    expect(lines('error')).toEqual(['11', '12', '1', '2', '3', '4', '5', '6', '7', '8'])
    expect(lines('warning')).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
    expect(lines('notice')).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', undefined])
    expect(commands.at(-1)?.data).toBe(
      '2 more errors, 1 more warning, 3 more notices not shown here, because the runner shows ten annotations of each level.',
    )
  })

  test('gives no command but an annotation for each finding', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const names = commandsIn(formatGithub(report)).map((command) => command.name)
        expect(names.toSorted()).toEqual(report.findings.map((finding) => finding.severity).toSorted())
      }),
    )
  })
})

describe('chooseAnnotations', () => {
  test('takes what is on changed lines first, then what the change brought, then the rest', () => {
    const findings = findingsOf(14, (index) => ({ introduced: index % 2 === 1 }))
    const changed = new Map([
      ['apps/web/deployment.yaml', [[13, 13] as const, [20, 30] as const]],
      ['other.yaml', [[1, 99] as const]],
    ])
    const { shown, hidden } = chooseAnnotations(findings, changed)
    expect(shown.map((finding) => finding.line)).toEqual([13, 2, 4, 6, 8, 10, 12, 14, 1, 3])
    expect(hidden).toEqual({ error: 4, warning: 0, notice: 0 })
  })

  test('keeps the order of the report where nothing distinguishes', () => {
    const findings = [...findingsOf(2, () => ({ severity: 'warning' })), ...findingsOf(2)]
    const { shown, hidden } = chooseAnnotations(findings, new Map())
    expect(shown.map(({ severity, line }) => `${severity} ${line}`)).toEqual([
      'error 1',
      'error 2',
      'warning 1',
      'warning 2',
    ])
    expect(hidden).toEqual({ error: 0, warning: 0, notice: 0 })
  })
})
