import { count } from './count.ts'
import { cut } from './cut.ts'
import { fileUri } from './file-uri.ts'
import type { Finding, Severity } from './finding.ts'
import { code, link, markdown } from './markdown.ts'
import type { CoverageRow, ValidateReport } from './report.ts'
import { ruleUrl } from './rules.ts'

export interface SummaryContext {
  /** Where the files can be looked at, when known: the server, the repository and the commit. */
  server?: string
  repository?: string
  sha?: string
  /** What else there is to say, one sentence each. */
  notes: readonly string[]
}

/** Bytes of each part. The runner drops a step's summary of more than 1 MiB as a whole (platform.md §5). */
const MOST = { findings: 650_000, coverage: 150_000, notes: 80_000 }

/** UTF-16 units of one text before it is escaped, so that a single row cannot use up its table. */
const TEXT = 2000

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 }

/** The job summary: the verdict, the findings, what was and was not checked, and what else there is to say. */
export function formatSummary(report: ValidateReport, context: SummaryContext): string {
  const parts = [verdict(report), findings(report.findings, context), coverage(report.coverage), notes(context.notes)]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function verdict({ outcome, summary, kubernetes }: ValidateReport): string {
  const sign = outcome === 'valid' ? '✅' : '❌'
  const found = `${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}`
  const checked = [
    `${count(summary.resources, 'resource')} from ${count(summary.sources, 'source')} and ${count(summary.files, 'file')}`,
    `${summary.valid} valid, ${summary.invalid} invalid, ${summary.skipped} skipped, ${summary.unvalidated} not validated`,
    `Kubernetes ${markdown(kubernetes)}`,
  ]
  return `## ${sign} ${outcome}: ${found}\n\n${checked.join(' · ')}`
}

/** What the change brought comes first, errors before warnings. */
function findings(all: readonly Finding[], context: SummaryContext): string {
  if (all.length === 0) return ''
  const isBased = all.some((finding) => finding.introduced !== undefined)
  const sorted = all.toSorted((a, b) => age(a) - age(b) || WEIGHT[a.severity] - WEIGHT[b.severity])
  const rows = within(sorted, (finding) => findingRow(finding, context, isBased), MOST.findings)
  const head = isBased
    ? '| Severity | New | Place | Rule | Message |\n| :-- | :-- | :-- | :-- | :-- |'
    : '| Severity | Place | Rule | Message |\n| :-- | :-- | :-- | :-- |'
  return table('### Findings', head, rows, 'finding')
}

function age({ introduced }: Finding): number {
  return introduced === false ? 1 : 0
}

function findingRow(finding: Finding, context: SummaryContext, isBased: boolean): string {
  const { severity, introduced, rule, message, help } = finding
  const told = help === undefined ? text(message) : `${text(message)}<br>${text(help)}`
  const fresh = isBased ? [introduced ? '**new**' : ''] : []
  return row([severity, ...fresh, place(finding, context), link(code(rule), ruleUrl(rule)), told])
}

function place({ file, line, column, source, sources }: Finding, context: SummaryContext): string {
  const written = code(cut(`${file}:${line}:${column}`, TEXT))
  const url = blobUrl(context)
  const linked = url === undefined || file === '-' ? written : link(written, `${url}/${fileUri(file)}#L${line}`)
  if (source === undefined) return linked
  const more = sources === undefined ? '' : ` and ${sources - 1} more`
  return `${linked}<br>rendered from ${code(cut(source, TEXT))}${more}`
}

function blobUrl({ server, repository, sha }: SummaryContext): string | undefined {
  if (!server || !repository || !sha) return undefined
  return `${server.replace(/\/+$/, '')}/${fileUri(repository)}/blob/${fileUri(sha)}`
}

function coverage(all: readonly CoverageRow[]): string {
  if (all.length === 0) return ''
  const isMixed = all.some((each) => each.kubernetes !== undefined)
  const head = isMixed
    ? '| apiVersion | Kind | Kubernetes | Resources | Validated |\n| :-- | :-- | :-- | --: | :-- |'
    : '| apiVersion | Kind | Resources | Validated |\n| :-- | :-- | --: | :-- |'
  const cells = within(all, (each) => coverageRow(each, isMixed), MOST.coverage)
  return table('### Coverage', head, cells, 'row')
}

function coverageRow(
  { apiVersion, kind, kubernetes, count, validated, reason }: CoverageRow,
  isMixed: boolean,
): string {
  return row([
    code(cut(apiVersion, TEXT)),
    code(cut(kind, TEXT)),
    ...(isMixed ? [text(kubernetes ?? '')] : []),
    String(count),
    validated ? 'yes' : `**no**: ${text(reason ?? 'no reason is known')}`,
  ])
}

function notes(all: readonly string[]): string {
  if (all.length === 0) return ''
  const { kept, left } = within(all, (note) => `- ${text(note)}`, MOST.notes)
  return ['### Notes', '', ...kept, ...(left > 0 ? [`- ${count(left, 'more note')}.`] : [])].join('\n')
}

function table(title: string, head: string, { kept, left }: Fitting, noun: string): string {
  const rest = left > 0 ? ['', `${count(left, `more ${noun}`)} not shown here; the report lists all.`] : []
  return [title, '', head, ...kept, ...rest].join('\n')
}

/** The lines that fit, and how many do not. */
interface Fitting {
  kept: string[]
  left: number
}

/** As many lines from the start as `most` bytes hold; what follows is not even written. */
function within<T>(items: readonly T[], toLine: (item: T) => string, most: number): Fitting {
  const kept: string[] = []
  let bytes = 0
  for (const item of items) {
    const line = toLine(item)
    bytes += Buffer.byteLength(line) + 1
    if (bytes > most) break
    kept.push(line)
  }
  return { kept, left: items.length - kept.length }
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function text(untrusted: string): string {
  return markdown(cut(untrusted, TEXT))
}
