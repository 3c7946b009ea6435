import { count } from './count.ts'
import { cut } from './cut.ts'
import type { Finding, Severity } from './finding.ts'
import { visible } from './neutralise.ts'
import type { ValidateReport } from './report.ts'

/** The runner shows ten annotations a level and step (`_maxCountPerIssueType`); the tenth notice counts the rest. */
const SHOWN: Readonly<Record<Severity, number>> = { error: 10, warning: 10, notice: 9 }

/** The runner cuts messages here (`_maxIssueMessageLength`). */
const MESSAGE = 4096

const LEVELS: readonly Severity[] = ['error', 'warning', 'notice']

/** Findings that become annotations, and how many of each level do not. */
export interface Annotations {
  shown: Finding[]
  hidden: Record<Severity, number>
}

/** The report as workflow commands, which the runner turns into annotations; what a change brought comes first. */
export function formatGithub(report: ValidateReport): string {
  const { shown, hidden } = limitAnnotations(report.findings, (finding) => (finding.introduced ? 0 : 1))
  const lines = [...shown.map(formatAnnotation), ...formatHidden(hidden), formatVerdict(report)]
  return lines.map((line) => `${line}\n`).join('')
}

/** At most as many findings of each level as the runner shows; of a level, those with the lower rank first. */
export function limitAnnotations(findings: readonly Finding[], rank: (finding: Finding) => number): Annotations {
  const hidden: Record<Severity, number> = { error: 0, warning: 0, notice: 0 }
  const shown = LEVELS.flatMap((level) => {
    const ranked = findings
      .filter((finding) => finding.severity === level)
      .map((finding) => ({ finding, rank: rank(finding) }))
      .sort((a, b) => a.rank - b.rank)
    hidden[level] = Math.max(0, ranked.length - SHOWN[level])
    return ranked.slice(0, SHOWN[level]).map((each) => each.finding)
  })
  return { shown, hidden }
}

/** The workflow command of a finding: one line, in which nothing but our own command is one. */
export function formatAnnotation({ severity, file, line, column, rule, message, help }: Finding): string {
  const properties = [`file=${property(file)}`, `line=${line}`, `col=${column}`, `title=${property(rule)}`]
  return `::${severity} ${properties.join(',')}::${data(help ? `${message} ${help}` : message)}`
}

/** One notice about what is not shown, or none. */
export function formatHidden(hidden: Readonly<Record<Severity, number>>): string[] {
  const rest = LEVELS.filter((level) => hidden[level] > 0).map((level) => count(hidden[level], `more ${level}`))
  if (rest.length === 0) return []
  return [`::notice::${rest.join(', ')} not shown here, because the runner shows ten annotations of each level.`]
}

/** The verdict and the counts in one line. */
export function formatVerdict({ outcome, summary }: ValidateReport): string {
  const found = `${count(summary.errors, 'error')}, ${count(summary.warnings, 'warning')}`
  const open = `${summary.skipped} skipped, ${summary.unvalidated} not validated`
  return `${outcome}: ${found}; ${count(summary.resources, 'resource')}, ${open}`
}

/** As the runner unescapes it (@actions/core, `command.ts`). */
function data(text: string): string {
  return cut(visible(text), MESSAGE).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
