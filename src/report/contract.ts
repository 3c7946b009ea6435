import type { Finding } from './finding.ts'
import type { CoverageRow, ValidateReport } from './report.ts'

/**
 * The report with its properties in the order of the JSON contract, however it was put together: two runs that found the
 * same give the same bytes.
 */
export function inContractOrder(report: ValidateReport): ValidateReport {
  const { version, outcome, kubernetes, summary, findings, coverage } = report
  const { files, sources, resources, valid, invalid, skipped, unvalidated, errors, warnings } = summary
  return {
    version,
    outcome,
    kubernetes,
    summary: { files, sources, resources, valid, invalid, skipped, unvalidated, errors, warnings },
    findings: findings.map(orderFinding),
    coverage: coverage.map(orderRow),
  }
}

function orderFinding(finding: Finding): Finding {
  const { rule, severity, message, file, line, column, source, sources, resource, pointer, introduced, help } = finding
  return {
    ...{ rule, severity, message, file, line, column },
    ...(source !== undefined && { source }),
    ...(sources !== undefined && { sources }),
    ...(resource && { resource: orderResource(resource) }),
    ...(pointer !== undefined && { pointer }),
    ...(introduced !== undefined && { introduced }),
    ...(help !== undefined && { help }),
  }
}

function orderResource({ apiVersion, kind, namespace, name }: NonNullable<Finding['resource']>) {
  return { apiVersion, kind, ...(namespace !== undefined && { namespace }), name }
}

function orderRow({ apiVersion, kind, count, validated, reason, kubernetes }: CoverageRow): CoverageRow {
  return {
    ...{ apiVersion, kind, count, validated },
    ...(reason !== undefined && { reason }),
    ...(kubernetes !== undefined && { kubernetes }),
  }
}
