import type { Finding } from './finding.ts'
import { visible } from './neutralise.ts'
import type { CoverageRow, ValidateReport } from './report.ts'

/**
 * JUnit's XML: a suite for each file with findings, a test case for each of them, and a suite `coverage` in which what
 * was validated has passed and what was not is skipped with the reason.
 */
export function formatJunit(report: ValidateReport): string {
  const files = groupByFile(report.findings)
  const suites = [...files].map(([file, findings]) => suite(file, findings.map(findingCase)))
  suites.push(suite('coverage', report.coverage.map(coverageCase)))
  const cases = report.findings.length + report.coverage.length
  const failures = report.summary.errors
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gitops validate" tests="${cases}" failures="${failures}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

interface Case {
  xml: string
  result: 'passed' | 'failed' | 'skipped'
}

function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>()
  for (const finding of findings) files.set(finding.file, [...(files.get(finding.file) ?? []), finding])
  return files
}

function suite(name: string, cases: readonly Case[]): string {
  const number = (result: Case['result']) => cases.filter((each) => each.result === result).length
  const head = `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${number('failed')}" skipped="${number('skipped')}">`
  return [head, ...cases.map((each) => each.xml), '  </testsuite>'].join('\n')
}

function findingCase({ severity, rule, message, help, file, line, column }: Finding): Case {
  const name = `${file}:${line}:${column} ${rule}`
  const body = xml(help ? `${message} ${help}` : message)
  const open = `    <testcase name="${xml(name)}" classname="${xml(rule)}" file="${xml(file)}" line="${line}">`
  if (severity === 'error') {
    return {
      xml: `${open}<failure message="${xml(message)}" type="${xml(rule)}">${body}</failure></testcase>`,
      result: 'failed',
    }
  }
  return { xml: `${open}<system-out>${xml(severity)}: ${body}</system-out></testcase>`, result: 'passed' }
}

function coverageCase({ apiVersion, kind, count, validated, reason }: CoverageRow): Case {
  const open = `    <testcase name="${xml(`${count} × ${apiVersion} ${kind}`)}" classname="coverage"`
  if (validated) return { xml: `${open}/>`, result: 'passed' }
  return { xml: `${open}><skipped message="${xml(reason ?? '')}"/></testcase>`, result: 'skipped' }
}

function xml(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
