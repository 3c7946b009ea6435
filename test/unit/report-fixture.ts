import fc from 'fast-check'
import type { Finding } from '../../src/report/finding.ts'
import type { ValidateReport } from '../../src/report/report.ts'

export function findingOf(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'schema/invalid',
    severity: 'error',
    message: 'spec.replicas must be an integer, but is a string.',
    file: 'apps/web/deployment.yaml',
    line: 7,
    column: 13,
    ...more,
  }
}

export function findingsOf(number: number, more: (index: number) => Partial<Finding> = () => ({})): Finding[] {
  return Array.from({ length: number }, (_, index) => findingOf({ line: index + 1, ...more(index) }))
}

/** A report whose counts follow from its findings. */
export function reportOf(findings: Finding[] = [], more: Partial<ValidateReport> = {}): ValidateReport {
  const errors = findings.filter((finding) => finding.severity === 'error').length
  const warnings = findings.filter((finding) => finding.severity === 'warning').length
  return {
    version: 1,
    outcome: errors > 0 ? 'invalid' : 'valid',
    kubernetes: '1.34',
    summary: {
      files: 4,
      sources: 2,
      resources: 3,
      valid: 1,
      invalid: 1,
      skipped: 0,
      unvalidated: 1,
      errors,
      warnings,
    },
    findings,
    coverage: [
      { apiVersion: 'apps/v1', kind: 'Deployment', count: 2, validated: true },
      { apiVersion: 'example.com/v1', kind: 'Widget', count: 1, validated: false, reason: 'no schema known' },
    ],
    ...more,
  }
}

const PIECES = [
  ...['::', '##[', ']', '::error::', '##[add-mask]', '::set-output name=a::', '%0A', '%25', '%', '\r', '\n', '\r\n'],
  ...['\u200b', '\u202e', '\u2028', '\u0085', '\u00a0', '\u001b[31m', '\u001b]8;;x\u0007', '\0', '\ud800', '\ufffe'],
  ...['@user', '#12', 'GH-3', 'o/r#4', 'deadbeef', 'https://a.example', 'www.a.example', 'a@b.example', ':tada:'],
  ...['<b>', '<!--', '</td>', '&lt;', '&', '"', "'", '|', '\\', '\\|', '`', '```', '*', '_', '~~', '$x$', '![i](u)'],
  ...['[l](u)', '](', '- ', '1. ', '# ', ']]>', '/', '..', ',', ':', ' ', 'a', 'é', '😀'],
]

/** Text by somebody who wants to be more than text. */
export const hostile = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 6 })), {
    maxLength: 10,
  })
  .map((pieces) => pieces.join(''))

/** A report in which every text that comes from outside is hostile. */
export const hostileReport: fc.Arbitrary<ValidateReport> = fc
  .tuple(
    fc.array(
      fc.record(
        {
          rule: fc.constantFrom('schema/invalid' as const, 'policy/a' as const),
          severity: fc.constantFrom('error' as const, 'warning' as const, 'notice' as const),
          message: hostile,
          file: hostile,
          line: fc.integer({ min: 1 }),
          column: fc.integer({ min: 1 }),
          source: hostile,
          resource: fc.record({ apiVersion: hostile, kind: hostile, namespace: hostile, name: hostile }),
          pointer: hostile,
          introduced: fc.boolean(),
          help: hostile,
        },
        { requiredKeys: ['rule', 'severity', 'message', 'file', 'line', 'column'] },
      ),
      { maxLength: 3 },
    ),
    fc.array(
      fc.record({ apiVersion: hostile, kind: hostile, count: fc.nat(), validated: fc.boolean(), reason: hostile }),
      {
        maxLength: 2,
      },
    ),
  )
  .map(([findings, coverage]) => reportOf(findings, { coverage }))
