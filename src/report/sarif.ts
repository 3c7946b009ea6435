import { cut } from './cut.ts'
import { fileUri } from './file-uri.ts'
import type { Finding, ResourceName, RuleId, Severity } from './finding.ts'
import { RULES } from './finding.ts'
import { fingerprints } from './fingerprint.ts'
import { formatJson } from './json.ts'
import { visible } from './neutralise.ts'
import type { ValidateReport } from './report.ts'
import { ruleText, ruleUrl } from './rules.ts'

/** GitHub's limit for one run; it shows 5,000 of them (platform.md §5). */
const MOST_RESULTS = 25_000

/** Keeps an upload of that many results below GitHub's 10 MB, compressed. */
const MESSAGE = 1000

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' }

/**
 * SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it.
 *
 * @param version of this program
 */
export function formatSarif(report: ValidateReport, version: string): string {
  const rules = listedRules(report.findings)
  const indexes = new Map(rules.map((rule, index) => [rule, index]))
  const marks = fingerprints(report.findings)
  const results = report.findings
    .slice(0, MOST_RESULTS)
    .map((finding, index) => result(finding, indexes.get(finding.rule) as number, marks[index] as string))
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'gitops validate', semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(report, report.findings.length - results.length)],
        results,
        properties: { kubernetes: report.kubernetes, summary: report.summary, coverage: report.coverage },
      },
    ],
  }
  return formatJson(sarif, true)
}

/** Every rule there is, also those without a finding: then code scanning knows that they were looked for. */
function listedRules(findings: readonly Finding[]): RuleId[] {
  return [...new Set<RuleId>([...RULES, ...findings.map((finding) => finding.rule)])]
}

function descriptor(rule: RuleId) {
  const { severity, title, what } = ruleText(rule)
  return {
    id: rule,
    shortDescription: { text: title },
    fullDescription: { text: what },
    help: { text: what, markdown: `${what}\n\n[More about ${rule}](${ruleUrl(rule)})` },
    helpUri: ruleUrl(rule),
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

function result(finding: Finding, ruleIndex: number, fingerprint: string) {
  const { rule, severity, message, help, file, line, column, resource, pointer, introduced } = finding
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: withoutLinks(cut(visible(help ? `${message} ${help}` : message), MESSAGE)) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: fileUri(file), uriBaseId: '%SRCROOT%' },
          region: { startLine: line, startColumn: column },
        },
        ...(resource && { logicalLocations: [logicalLocation(resource, pointer)] }),
      },
    ],
    // Not primaryLocationLineHash: codeql-action computes that one itself and warns about any other value.
    partialFingerprints: { 'gitopsFinding/v1': fingerprint },
    ...(introduced !== undefined && { baselineState: introduced ? 'new' : 'unchanged' }),
  }
}

function logicalLocation({ apiVersion, kind, namespace, name }: ResourceName, pointer: string | undefined) {
  const resource = [apiVersion, kind, ...(namespace === undefined ? [] : [namespace]), name].join('/')
  return { fullyQualifiedName: visible(`${resource}${pointer ?? ''}`), kind: 'resource' }
}

/** `[text](target)` in a message is a link (SARIF §3.11.6). */
function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\\(')
}

function invocation({ outcome }: ValidateReport, left: number) {
  const executionSuccessful = outcome === 'valid' || outcome === 'invalid'
  if (left === 0) return { executionSuccessful }
  const text = `${left} more findings are not listed: code scanning takes ${MOST_RESULTS} results of one run.`
  return { executionSuccessful, toolExecutionNotifications: [{ level: 'warning', message: { text } }] }
}
