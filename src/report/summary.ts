import { count } from './count.ts'
import type { Finding } from './finding.ts'
import { markdown } from './markdown.ts'
import type { CoverageRow, ValidateReport } from './report.ts'

export interface SummaryContext {
  /** Where the files can be looked at, when known: the server, the repository and the commit. */
  server?: string
  repository?: string
  sha?: string
  notes: readonly string[]
}

/** The runner drops a step's summary that is larger than 1 MiB as a whole. */
const MOST_BYTES = 900_000
const MOST_ROWS = 500

/** The job summary: the verdict, the findings, and what was and was not checked. */
export function formatSummary(report: ValidateReport, context: SummaryContext): string {
  for (let rows = MOST_ROWS; ; rows = Math.floor(rows / 2)) {
    const text = summary(report, context, rows)
    if (Buffer.byteLength(text) <= MOST_BYTES || rows === 0) return text
  }
}

function summary(report: ValidateReport, context: SummaryContext, rows: number): string {
  const { summary } = report
  const sign = report.outcome === 'valid' ? '✅' : '❌'
  return [
    `## ${sign} GitOps validate: ${report.outcome}`,
    '',
    `**${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}** in ${count(summary.resources, 'resource')} ` +
      `from ${count(summary.sources, 'source')}: ${summary.valid} valid, ${summary.invalid} invalid, ` +
      `${summary.skipped} skipped, ${summary.unvalidated} not validated. Kubernetes ${markdown(report.kubernetes)}.`,
    '',
    ...findingTable(report.findings, context, rows),
    ...coverageTable(report.coverage, rows),
    ...(context.notes.length > 0
      ? ['### Not among the resources', '', ...context.notes.map((note) => `- ${markdown(note)}`), '']
      : []),
    '',
  ].join('\n')
}

function findingTable(findings: readonly Finding[], context: SummaryContext, rows: number): string[] {
  if (findings.length === 0) return []
  const isBased = findings.some((finding) => finding.introduced !== undefined)
  const table = findings.slice(0, rows).map((finding) => {
    const fresh = isBased ? ` ${finding.introduced ? 'new' : ''} |` : ''
    const help = finding.help ? ` *${markdown(finding.help)}*` : ''
    return `| ${finding.severity} |${fresh} ${place(finding, context)} | ${markdown(finding.message)}${help} | ${markdown(finding.rule)} |`
  })
  const head = isBased
    ? ['| | | Place | Finding | Rule |', '|---|---|---|---|---|']
    : ['| | Place | Finding | Rule |', '|---|---|---|---|']
  return ['### Findings', '', ...head, ...table, '', ...more(findings.length - table.length, 'finding')]
}

function coverageTable(coverage: readonly CoverageRow[], rows: number): string[] {
  if (coverage.length === 0) return []
  const table = coverage.slice(0, rows).map(({ apiVersion, kind, count, validated, reason, kubernetes }) => {
    const how = validated ? 'yes' : `no: ${markdown(reason ?? '')}`
    return `| ${markdown(apiVersion)} | ${markdown(kind)} | ${count} | ${how}${kubernetes ? ` (${markdown(kubernetes)})` : ''} |`
  })
  const head = ['### Coverage', '', '| apiVersion | kind | resources | validated |', '|---|---|--:|---|']
  return [...head, ...table, '', ...more(coverage.length - table.length, 'row')]
}

function more(number: number, noun: string): string[] {
  return number > 0 ? [`${count(number, `more ${noun}`)} in the report.`, ''] : []
}

function place({ file, line, column }: Finding, { server, repository, sha }: SummaryContext): string {
  const text = markdown(`${file}:${line}:${column}`)
  if (!server || !repository || !sha) return text
  const path = file
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[()]/g, (each) => (each === '(' ? '%28' : '%29'))
  return `[${text}](${server}/${repository}/blob/${sha}/${path}#L${line})`
}
