import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/report/finding.ts'
import { formatReport } from '../../src/report/formats.ts'
import { formatJson, formatReportJson } from '../../src/report/json.ts'
import { commandsIn } from './report-commands.ts'
import { findingOf, hostile, hostileReport, reportOf } from './report-fixture.ts'

/** Every property there is, in another order than the contract's. */
const shuffled: Finding = {
  help: 'Write 3.',
  introduced: true,
  pointer: '/spec/replicas',
  resource: { name: 'web', namespace: 'shop', kind: 'Deployment', apiVersion: 'apps/v1' },
  sources: 2,
  source: 'envs/prod',
  column: 13,
  line: 7,
  file: 'a.yaml',
  message: 'Wrong.',
  severity: 'error',
  rule: 'schema/invalid',
}

describe('formatReportJson', () => {
  test('is the contract, in its order, whatever the order of what it is given', () => {
    const report = reportOf([shuffled], {
      coverage: [
        { kubernetes: '1.33', reason: 'no schema', validated: false, count: 1, kind: 'A', apiVersion: 'b/v1' },
      ],
    })
    const { version, outcome, kubernetes, summary, findings, coverage } = report
    const backwards = { coverage, findings, summary, kubernetes, outcome, version }
    expect(formatReportJson(backwards, false)).toBe(`{
  "version": 1,
  "outcome": "invalid",
  "kubernetes": "1.34",
  "summary": {
    "files": 4,
    "sources": 2,
    "resources": 3,
    "valid": 1,
    "invalid": 1,
    "skipped": 0,
    "unvalidated": 1,
    "errors": 1,
    "warnings": 0
  },
  "findings": [
    {
      "rule": "schema/invalid",
      "severity": "error",
      "message": "Wrong.",
      "file": "a.yaml",
      "line": 7,
      "column": 13,
      "source": "envs/prod",
      "sources": 2,
      "resource": {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "namespace": "shop",
        "name": "web"
      },
      "pointer": "/spec/replicas",
      "introduced": true,
      "help": "Write 3."
    }
  ],
  "coverage": [
    {
      "apiVersion": "b/v1",
      "kind": "A",
      "count": 1,
      "validated": false,
      "reason": "no schema",
      "kubernetes": "1.33"
    }
  ]
}
`)
  })

  test('leaves out what a finding does not have, and keeps what is false', () => {
    const { findings } = JSON.parse(formatReportJson(reportOf([findingOf({ introduced: false })]), false))
    expect(Object.keys(findings[0])).toEqual(['rule', 'severity', 'message', 'file', 'line', 'column', 'introduced'])
  })

  test('reads back as the report, and holds no command in Actions', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const printed = formatReport(report, 'json', { colour: false, inActions: true, sourceLine: () => undefined })
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(report)))
        expect(commandsIn(printed)).toEqual([])
      }),
      { numRuns: 3000 },
    )
  })
})

describe('formatJson', () => {
  test.each([
    ['##[group]', true, '"\\u0023#[group]"\n'],
    ['###[group]', true, '"#\\u0023#[group]"\n'],
    ['##[group]', false, '"##[group]"\n'],
    ['a\u202eb\u009b\u200b\u007f', false, '"a\\u202eb\\u009b\\u200b\\u007f"\n'],
    ['\u{e0041}', false, '"\\udb40\\udc41"\n'],
    ['line\nbreak\ttab é漢😀', false, '"line\\nbreak\\ttab é漢😀"\n'],
  ])('writes %j (in Actions: %j)', (text, inActions, expected) => {
    expect(formatJson(text, inActions)).toBe(expected)
  })

  test('reads back the same, and steers no terminal', () => {
    fc.assert(
      fc.property(hostile, fc.boolean(), (text, inActions) => {
        const json = formatJson([text], inActions)
        expect(JSON.parse(json)).toEqual([text])
        expect(json).toMatch(/^(?:\n|\P{Cc})*$/u)
        expect(json).not.toMatch(/\p{Cf}/u)
      }),
      { numRuns: 3000 },
    )
  })
})
