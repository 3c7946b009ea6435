import type { Severity } from './finding.ts'
import { fingerprints } from './fingerprint.ts'
import { formatJson } from './json.ts'
import { visible } from './neutralise.ts'
import type { ValidateReport } from './report.ts'

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'major', warning: 'minor', notice: 'info' }

/** The report as GitLab's Code Quality reads it. It shows what a merge request added by comparing fingerprints. */
export function formatGitlab(report: ValidateReport): string {
  const marks = fingerprints(report.findings)
  const issues = report.findings.map(({ rule, severity, message, help, file, line }, index) => ({
    description: visible(help ? `${message} ${help}` : message),
    check_name: rule,
    fingerprint: marks[index],
    severity: SEVERITIES[severity],
    location: { path: file, lines: { begin: line } },
  }))
  return formatJson(issues, true)
}
