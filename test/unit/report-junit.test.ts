import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatJunit } from '../../src/report/junit.ts'
import { commandsIn } from './report-commands.ts'
import { findingOf, hostileReport, reportOf } from './report-fixture.ts'

const COVERAGE = `  <testsuite name="coverage" tests="2" failures="0" skipped="1">
    <testcase name="apps/v1 Deployment (2)" classname="coverage"/>
    <testcase name="example.com/v1 Widget (1)" classname="coverage"><skipped message="no schema known"/></testcase>
  </testsuite>
`

describe('formatJunit', () => {
  test('has a suite for each file, and one for what was checked', () => {
    const report = reportOf([
      findingOf({ message: 'a < b & "c"', help: 'Use >.' }),
      findingOf({ severity: 'warning', rule: 'image/mutable-tag', message: 'It moves.' }),
      findingOf({ file: 'b.yaml', message: 'Was there before.', introduced: false }),
    ])
    expect(formatJunit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="gitops validate" tests="5" failures="1" skipped="1">
  <testsuite name="apps/web/deployment.yaml" tests="2" failures="1" skipped="0">
    <testcase name="schema/invalid at apps/web/deployment.yaml:7:13" classname="schema/invalid" file="apps/web/deployment.yaml" line="7"><failure message="a &lt; b &amp; &quot;c&quot;" type="schema/invalid">a &lt; b &amp; &quot;c&quot; Use &gt;.</failure></testcase>
    <testcase name="image/mutable-tag at apps/web/deployment.yaml:7:13" classname="image/mutable-tag" file="apps/web/deployment.yaml" line="7"><system-out>warning: It moves.</system-out></testcase>
  </testsuite>
  <testsuite name="b.yaml" tests="1" failures="0" skipped="0">
    <testcase name="schema/invalid at b.yaml:7:13" classname="schema/invalid" file="b.yaml" line="7"><system-out>error, not new: Was there before.</system-out></testcase>
  </testsuite>
${COVERAGE}</testsuites>
`)
  })

  test('has no two cases of one name in a suite: readers would take them for one', () => {
    const missing = (field: string) => findingOf({ rule: 'schema/missing', message: `spec lacks ${field}.` })
    const xml = formatJunit(reportOf([missing('selector'), missing('template'), findingOf({ line: 8 })]))
    expect([...xml.matchAll(/<testcase name="([^"]+)" classname="schema/g)].map((match) => match[1])).toEqual([
      'schema/missing at apps/web/deployment.yaml:7:13',
      'schema/missing at apps/web/deployment.yaml:7:13 (2)',
      'schema/invalid at apps/web/deployment.yaml:8:13',
    ])
  })

  test('names the minor where sources differ', () => {
    const coverage = [{ apiVersion: 'v1', kind: 'Pod', count: 1, validated: true, kubernetes: '1.33' }]
    expect(formatJunit(reportOf([], { coverage }))).toContain('name="v1 Pod (1) on Kubernetes 1.33"')
  })

  test.each([
    ['invalid', 0, 'invalid: no resource was checked'],
    ['error', 3, 'error: there is no answer'],
  ] as const)('fails where the outcome is %s without any error', (outcome, resources, message) => {
    const report = reportOf([], { outcome, coverage: [] })
    const xml = formatJunit({ ...report, summary: { ...report.summary, resources } })
    expect(xml).toContain('<testsuites name="gitops validate" tests="1" failures="1" skipped="0">')
    expect(xml).toContain(`<failure message="${message}" type="${outcome}"/>`)
  })

  test('is well-formed and gives no commands, whatever a finding holds', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const xml = formatJunit(report)
        expect(commandsIn(xml)).toEqual([])
        expect(openElements(xml)).toEqual([])
        expect(xml.match(/<testcase /g) ?? []).toHaveLength(
          report.findings.length + report.coverage.length + (xml.includes('name="outcome" tests') ? 1 : 0),
        )
      }),
    )
  })
})

const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<(\/?)([a-z-]+)((?: [a-z]+="(?:[^<&"]|&(?:lt|gt|amp|quot);)*")*)(\/?)>|(?:[^<&]|&(?:lt|gt|amp|quot);)/y

/** Reads XML strictly, character by character; answers with the elements that are still open. */
function openElements(xml: string): string[] {
  expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u)
  const open: string[] = []
  for (let at = 0; at < xml.length; ) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(xml)
    if (!token) throw new Error(`No XML at ${xml.slice(at, at + 60)}`)
    const [all, closes, name, , empty] = token
    if (name && closes) expect(open.pop()).toBe(name)
    else if (name && !empty) open.push(name)
    at += all.length
  }
  return open
}
