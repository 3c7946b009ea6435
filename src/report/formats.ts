import { VERSION } from '../version.ts'
import { formatGithub } from './github.ts'
import { formatGitlab } from './gitlab.ts'
import { formatReportJson } from './json.ts'
import { formatJunit } from './junit.ts'
import type { ValidateReport } from './report.ts'
import { formatSarif } from './sarif.ts'
import { formatText } from './text.ts'

export type ReportFormat = 'text' | 'json' | 'sarif' | 'junit' | 'github' | 'gitlab'

export interface FormatContext {
  colour: boolean
  /** Whether a GitHub runner reads what is printed. */
  inActions: boolean
  /** The line of a file, for excerpts; `undefined` where it must not be shown. */
  sourceLine(file: string, line: number): string | undefined
}

/** One report, in the form asked for. Every format is a view of the same data. */
export function formatReport(report: ValidateReport, format: ReportFormat, context: FormatContext): string {
  switch (format) {
    case 'text':
      return formatText(report, context)
    case 'json':
      return formatReportJson(report, context.inActions)
    case 'sarif':
      return formatSarif(report, VERSION)
    case 'junit':
      return formatJunit(report)
    case 'github':
      return formatGithub(report)
    case 'gitlab':
      return formatGitlab(report)
  }
}
