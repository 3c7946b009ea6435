import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../src/report/finding.ts'
import { formatGitlab } from '../../src/report/gitlab.ts'
import { formatSarif } from '../../src/report/sarif.ts'
import { commandsIn } from './report-commands.ts'
import { findingOf, findingsOf, hostileReport, reportOf } from './report-fixture.ts'

interface SarifResult {
  ruleId: string
  ruleIndex: number
  level: string
  message: { text: string }
  locations: { physicalLocation: { artifactLocation: { uri: string } } }[]
  partialFingerprints: Record<string, string>
  baselineState?: string
}

function runOf(...[report, version]: Parameters<typeof formatSarif>) {
  const { runs } = JSON.parse(formatSarif(report, version)) as {
    runs: {
      tool: { driver: { rules: { id: string; helpUri: string; defaultConfiguration: { level: string } }[] } }
      invocations: unknown[]
      results: SarifResult[]
    }[]
  }
  return runs[0] as (typeof runs)[number]
}

const prints = (report: Parameters<typeof formatSarif>[0]) =>
  runOf(report, '1.2.3').results.map((result) => result.partialFingerprints['gitopsFinding/v1'])

describe('formatSarif', () => {
  test('says what was found, by which rule, and where', () => {
    const finding = findingOf({
      file: 'apps/a b/ü#1.yaml',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      pointer: '/spec/replicas',
      introduced: true,
      help: 'Write 3.',
    })
    const { results, tool, ...run } = runOf(reportOf([finding]), '1.2.3')
    expect(results).toEqual([
      {
        ruleId: 'schema/invalid',
        ruleIndex: RULES.indexOf('schema/invalid'),
        level: 'error',
        message: { text: 'spec.replicas must be an integer, but is a string. Write 3.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'apps/a%20b/%C3%BC%231.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 7, startColumn: 13 },
            },
            logicalLocations: [{ fullyQualifiedName: 'apps/v1/Deployment/shop/web/spec/replicas', kind: 'resource' }],
          },
        ],
        partialFingerprints: { 'gitopsFinding/v1': expect.stringMatching(/^[0-9a-f]{64}$/) },
        baselineState: 'new',
      },
    ])
    expect(tool.driver).toMatchObject({ name: 'gitops validate', semanticVersion: '1.2.3' })
    expect(run).toMatchObject({
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: true }],
      properties: { kubernetes: '1.34', coverage: reportOf().coverage },
    })
  })

  test('lists every rule, and policies that were broken', () => {
    const { tool, results } = runOf(reportOf([findingOf({ rule: 'policy/team-label' })]), '1.2.3')
    expect(tool.driver.rules.map((rule) => rule.id)).toEqual([...RULES, 'policy/team-label'])
    expect(tool.driver.rules[results[0]?.ruleIndex as number]?.id).toBe('policy/team-label')
    for (const rule of tool.driver.rules) expect(new URL(rule.helpUri).hostname).toBe('github.com')
  })

  test('has the levels and baseline states of SARIF', () => {
    const { results } = runOf(
      reportOf([
        findingOf({ severity: 'warning', introduced: false }),
        findingOf({ severity: 'notice', introduced: true }),
        findingOf(),
      ]),
      '1.2.3',
    )
    expect(results.map(({ level, baselineState }) => [level, baselineState])).toEqual([
      ['warning', 'unchanged'],
      ['note', 'new'],
      ['error', undefined],
    ])
  })

  test('keeps fingerprints when lines move, and tells equal findings apart', () => {
    const before = prints(reportOf([findingOf(), findingOf({ line: 9 })]))
    const after = prints(reportOf([findingOf({ line: 70 }), findingOf({ line: 90, column: 1 })]))
    expect(after).toEqual(before)
    expect(new Set(before).size).toBe(2)
  })

  test.each([
    ['rule', { rule: 'schema/missing' as const }],
    ['file', { file: 'other.yaml' }],
    ['message', { message: 'Another.' }],
    ['pointer', { pointer: '/spec' }],
    ['resource', { resource: { apiVersion: 'v1', kind: 'Pod', name: 'a' } }],
  ])('has another fingerprint with another %s', (_, more) => {
    expect(prints(reportOf([findingOf(more)]))).not.toEqual(prints(reportOf([findingOf()])))
  })

  test('takes as many results as code scanning does, and says how many are left', () => {
    const { results, invocations } = runOf(reportOf(findingsOf(25_002)), '1.2.3')
    expect(results).toHaveLength(25_000)
    expect(invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: 'warning',
            message: { text: '2 more findings are not listed: code scanning takes 25000 results of one run.' },
          },
        ],
      },
    ])
  })

  test.each(['refused', 'error'] as const)('has not succeeded where the outcome is %s', (outcome) => {
    expect(runOf(reportOf([], { outcome }), '1.2.3').invocations).toEqual([{ executionSuccessful: false }])
  })

  test('makes no link of a message', () => {
    const message = 'See [this](https://a.example) and ![that](1).'
    expect(runOf(reportOf([findingOf({ message })]), '1.2.3').results[0]?.message.text).toBe(
      'See [this]\\(https://a.example) and ![that]\\(1).',
    )
  })

  test('is JSON with relative addresses and without commands, whatever a finding holds', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const sarif = formatSarif(report, '1.2.3')
        expect(commandsIn(sarif)).toEqual([])
        for (const { message, locations } of runOf(report, '1.2.3').results) {
          expect(message.text).not.toContain('](')
          expect(locations[0]?.physicalLocation.artifactLocation.uri).toMatch(/^(?:[\w.~/-]|%[0-9A-F]{2})*$/)
        }
      }),
    )
  })
})

describe('formatGitlab', () => {
  test('is what Code Quality reads', () => {
    const finding = findingOf({ severity: 'warning', help: 'Write 3.' })
    expect(JSON.parse(formatGitlab(reportOf([finding])))).toEqual([
      {
        description: 'spec.replicas must be an integer, but is a string. Write 3.',
        check_name: 'schema/invalid',
        fingerprint: prints(reportOf([finding]))[0],
        severity: 'minor',
        location: { path: 'apps/web/deployment.yaml', lines: { begin: 7 } },
      },
    ])
  })

  test('gives equal findings fingerprints of their own: GitLab shows one of each', () => {
    const issues = JSON.parse(formatGitlab(reportOf(findingsOf(20)))) as { fingerprint: string }[]
    expect(new Set(issues.map((issue) => issue.fingerprint)).size).toBe(20)
  })

  test('is a list without findings, too', () => {
    expect(formatGitlab(reportOf())).toBe('[]\n')
  })

  test('gives no commands, whatever a finding holds', () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(commandsIn(formatGitlab(report))).toEqual([])
        expect(JSON.parse(formatGitlab(report))).toHaveLength(report.findings.length)
      }),
    )
  })
})
