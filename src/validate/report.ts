import type { Finding } from '../report/finding.ts'
import type { ValidateOutcome, ValidateReport } from '../report/report.ts'
import type { TreeResult } from './check-tree.ts'
import { dedupe, sortFindings } from './dedupe.ts'
import type { ValidateInputs } from './inputs.ts'
import { markIntroduced } from './introduced.ts'

/** Puts what was found into the contract's form. */
export function buildReport(
  result: TreeResult,
  base: TreeResult | undefined,
  more: readonly Finding[],
  minor: string,
  renamed: ReadonlyMap<string, string>,
): ValidateReport {
  const found = dedupe(sortFindings([...result.findings, ...more]))
  const findings = base ? markIntroduced(found, dedupe(sortFindings(base.findings)), renamed) : found
  const { minors, totals } = result
  return {
    version: 1,
    outcome: outcomeOf(result, findings),
    kubernetes: minors.size > 1 ? 'mixed' : ([...minors][0] ?? minor),
    summary: {
      files: result.files,
      sources: result.sources,
      resources: result.resources,
      ...totals,
      errors: findings.filter((finding) => finding.severity === 'error').length,
      warnings: findings.filter((finding) => finding.severity === 'warning').length,
    },
    findings,
    coverage: result.coverage,
  }
}

/**
 * Whether nothing was there to check, and nothing else says so: that is no success. Findings that do not decide, such as
 * warnings and what the base has too, make no difference.
 */
export function isUnchecked(report: ValidateReport): boolean {
  return report.summary.resources === 0 && report.outcome === 'valid'
}

function outcomeOf(result: TreeResult, findings: readonly Finding[]): ValidateOutcome {
  if (result.failed) return 'error'
  if (result.refused) return 'refused'
  return findings.some((finding) => finding.severity === 'error' && decides(finding)) ? 'invalid' : 'valid'
}

/** With a base, only what the change brought decides. */
function decides(finding: Finding): boolean {
  return finding.introduced !== false
}

/** The contract's exit codes: 0 fine, 1 the answer is no, 3 there is no answer. */
export function exitCodeOf(report: ValidateReport, failOn: ValidateInputs['failOn']): number {
  if (report.outcome === 'error' || report.outcome === 'refused') return 3
  if (failOn === 'never') return 0
  if (report.outcome === 'invalid') return 1
  const warned = report.findings.some((finding) => finding.severity === 'warning' && decides(finding))
  return failOn === 'warning' && warned ? 1 : 0
}
