import type { Finding } from './finding.ts'
import { visible } from './neutralise.ts'
import type { CoverageRow, ValidateReport } from './report.ts'

/**
 * JUnit's XML: a suite for each file with findings, a test case for each of them, and a suite `coverage` in which what
 * was validated has passed and what was not is skipped with the reason. As for the exit code, an error that the base
 * already has fails nothing.
 */
export function formatJunit(report: ValidateReport): string {
  const suites = [...groupByFile(report.findings)].map(([name, findings]) => {
    const names = caseNames(findings)
    return { name, cases: findings.map((finding, index) => findingCase(finding, names[index] as string)) }
  })
  suites.push({ name: 'coverage', cases: report.coverage.map(coverageCase) })
  const all = () => suites.flatMap((each) => each.cases)
  if (report.outcome !== 'valid' && !all().some((each) => each.result === 'failed')) {
    suites.push({ name: 'outcome', cases: [outcomeCase(report)] })
  }
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="gitops validate"${counts(all())}>`,
    ...suites.flatMap(suite),
    '</testsuites>',
  ]
  return lines.map((line) => `${line}\n`).join('')
}

interface Case {
  xml: string
  result: 'passed' | 'failed' | 'skipped'
}

function groupByFile(findings: readonly Finding[]): Map<string, Finding[]> {
  const files = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = files.get(finding.file)
    if (group) group.push(finding)
    else files.set(finding.file, [finding])
  }
  return files
}

function suite({ name, cases }: { name: string; cases: readonly Case[] }): string[] {
  return [
    `  <testsuite name="${xml(name)}"${counts(cases)}>`,
    ...cases.map((each) => `    ${each.xml}`),
    '  </testsuite>',
  ]
}

function counts(cases: readonly Case[]): string {
  const number = (result: Case['result']) => cases.filter((each) => each.result === result).length
  return ` tests="${cases.length}" failures="${number('failed')}" skipped="${number('skipped')}"`
}

/** Readers take two cases of one name for one, so a rule's further findings at one place are numbered. */
function caseNames(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map(({ rule, file, line, column }) => {
    const name = `${rule} at ${file}:${line}:${column}`
    const number = (seen.get(name) ?? 0) + 1
    seen.set(name, number)
    return number === 1 ? name : `${name} (${number})`
  })
}

function findingCase({ severity, rule, message, help, file, line, introduced }: Finding, name: string): Case {
  const body = xml(help ? `${message} ${help}` : message)
  const open = `<testcase name="${xml(name)}" classname="${xml(rule)}" file="${xml(file)}" line="${line}">`
  if (severity === 'error' && introduced !== false) {
    const failure = `<failure message="${xml(message)}" type="${xml(rule)}">${body}</failure>`
    return { xml: `${open}${failure}</testcase>`, result: 'failed' }
  }
  const weight = introduced === false ? `${severity}, not new` : severity
  return { xml: `${open}<system-out>${weight}: ${body}</system-out></testcase>`, result: 'passed' }
}

function coverageCase({ apiVersion, kind, count, validated, reason, kubernetes }: CoverageRow): Case {
  const name = `${apiVersion} ${kind} (${count})${kubernetes === undefined ? '' : ` on Kubernetes ${kubernetes}`}`
  const open = `<testcase name="${xml(name)}" classname="coverage"`
  if (validated) return { xml: `${open}/>`, result: 'passed' }
  return { xml: `${open}><skipped message="${xml(reason ?? '')}"/></testcase>`, result: 'skipped' }
}

/** A run that found no error and yet is not valid (nothing to check, no answer) must not look like a success. */
function outcomeCase({ outcome, summary }: ValidateReport): Case {
  const message = summary.resources === 0 ? `${outcome}: no resource was checked` : `${outcome}: there is no answer`
  return {
    xml: `<testcase name="outcome" classname="outcome"><failure message="${message}" type="${outcome}"/></testcase>`,
    result: 'failed',
  }
}

/** What XML 1.0 cannot hold, even escaped. */
const NO_XML = /[\p{Surrogate}\ufffe\uffff]/gu

function xml(text: string): string {
  return visible(text)
    .replace(NO_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
