import type { Finding, Severity } from './finding.ts'
import { fingerprints } from './fingerprint.ts'
import type { ValidateReport } from './report.ts'
import { ruleText, ruleUrl } from './rules.ts'

/** GitHub's limit for one run; it shows the first 5,000 (platform.md §5). */
const MOST_RESULTS = 25_000

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' }

/** SARIF 2.1.0, as GitHub's code scanning takes it. */
export function formatSarif(report: ValidateReport, version: string): string {
  const rules = [...new Set(report.findings.map((finding) => finding.rule))].sort()
  const prints = fingerprints(report.findings)
  const results = report.findings
    .slice(0, MOST_RESULTS)
    .map((finding, index) => result(finding, rules.indexOf(finding.rule), prints[index] as string))
  const cut = report.findings.length - results.length
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'gitops validate', version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: report.outcome === 'valid' || report.outcome === 'invalid', ...left(cut) },
        ],
        results,
      },
    ],
  }
  return `${JSON.stringify(sarif, undefined, 2)}\n`
}

function descriptor(id: Finding['rule']) {
  const { severity, title, what } = ruleText(id)
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: what },
    help: { text: `${what} See ${ruleUrl(id)}.` },
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

function result(finding: Finding, ruleIndex: number, print: string) {
  const { rule, severity, message, help, file, line, column, introduced } = finding
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: help ? `${message} ${help}` : message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
    partialFingerprints: { 'gitops/v1': print },
    ...(introduced !== undefined && { baselineState: introduced ? 'new' : 'unchanged' }),
  }
}

function left(cut: number) {
  if (cut === 0) return {}
  const text = `${cut} more findings are left out: code scanning takes ${MOST_RESULTS} of a run.`
  return { toolExecutionNotifications: [{ level: 'warning', message: { text } }] }
}
