import { type Colours, colours } from './colour.ts'
import { count } from './count.ts'
import { excerpt } from './excerpt.ts'
import type { Finding } from './finding.ts'
import { markCommand, visible } from './neutralise.ts'
import type { CoverageRow, ValidateReport } from './report.ts'

export interface TextContext {
  colour: boolean
  /** The line of a file, for the excerpt; `undefined` where it must not be shown or there is none. */
  sourceLine(file: string, line: number): string | undefined
}

/** The report for people: every finding with its place, the line and a caret; then what was checked, and the verdict. */
export function formatText(report: ValidateReport, context: TextContext): string {
  const paint = colours(context.colour)
  const findings = report.findings.flatMap((finding) => [...findingLines(finding, context, paint), ''])
  const lines = [...findings, ...coverageLines(report.coverage, paint)]
  return [...lines, ...verdictLines(report, paint)].map((line) => `${markCommand(line)}\n`).join('')
}

function findingLines(finding: Finding, context: TextContext, paint: Colours): string[] {
  const place = paint.bold(`${visible(finding.file)}:${finding.line}:${finding.column}`)
  const lines = [`${place}  ${severity(finding, paint)}  ${paint.dim(visible(finding.rule))}${introduced(finding)}`]
  lines.push(`  ${visible(finding.message)}`)
  const line = finding.resource?.kind === 'Secret' ? undefined : context.sourceLine(finding.file, finding.line)
  if (line !== undefined && line.trim() !== '') {
    const shown = excerpt(line, finding.column)
    const number = String(finding.line)
    lines.push(
      `  ${paint.cyan(`${number} |`)} ${shown.text}`,
      `  ${' '.repeat(number.length)} ${paint.cyan('|')} ${paint.red(shown.caret)}`,
    )
  }
  if (finding.help) lines.push(`  ${paint.green('help:')} ${visible(finding.help)}`)
  const where = whence(finding)
  if (where) lines.push(`  ${paint.dim(visible(where))}`)
  return lines
}

function severity({ severity }: Finding, paint: Colours): string {
  if (severity === 'error') return paint.red('error')
  return severity === 'warning' ? paint.yellow('warning') : paint.cyan('notice')
}

function introduced(finding: Finding): string {
  return finding.introduced === false ? '  (not new)' : ''
}

function whence({ resource, source, sources }: Finding): string {
  const name = resource && `${resource.kind} ${resource.namespace ? `${resource.namespace}/` : ''}${resource.name}`
  const more = sources === undefined ? '' : ` and ${sources - 1} more`
  const rendered = source === undefined ? undefined : `rendered from ${source}${more}`
  return [name, rendered].filter(Boolean).join(', ')
}

/** Only what was not validated needs telling row by row; the rest is in the verdict. */
function coverageLines(coverage: readonly CoverageRow[], paint: Colours): string[] {
  const open = coverage.filter((row) => !row.validated)
  if (open.length === 0) return []
  const lines = open.map((row) => {
    const minor = row.kubernetes ? ` (Kubernetes ${visible(row.kubernetes)})` : ''
    return `  ${String(row.count).padStart(6)}  ${visible(row.apiVersion)} ${visible(row.kind)}${minor}: ${visible(row.reason ?? '')}`
  })
  return [paint.bold('Not validated'), ...lines, '']
}

function verdictLines(report: ValidateReport, paint: Colours): string[] {
  const { summary } = report
  const counts = [count(summary.errors, 'error'), count(summary.warnings, 'warning')].join(', ')
  const checked = [
    `${count(summary.resources, 'resource')} from ${count(summary.sources, 'source')} and ${count(summary.files, 'file')}`,
    `${summary.valid} valid, ${summary.invalid} invalid, ${summary.skipped} skipped, ${summary.unvalidated} not validated`,
    `Kubernetes ${visible(report.kubernetes)}`,
  ].join(' · ')
  const sign = report.outcome === 'valid' ? paint.green('✓ valid') : paint.red(`✗ ${report.outcome}`)
  return [`${sign}: ${counts}`, paint.dim(checked)]
}

export { count } from './count.ts'
