import type { Finding } from '../report/finding.ts'
import { comparePaths } from '../repository/tree.ts'

/** By file, line, column and rule; the order never depends on how work was scheduled. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      comparePaths(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      comparePaths(a.rule, b.rule) ||
      comparePaths(a.message, b.message) ||
      comparePaths(a.source ?? '', b.source ?? '') ||
      comparePaths(a.pointer ?? '', b.pointer ?? ''),
  )
}

/**
 * The same rule, place and message is one finding, however many sources show it: `source` is the first of them and
 * `sources` how many. Takes sorted findings.
 */
export function dedupe(sorted: readonly Finding[]): Finding[] {
  const merged: Finding[] = []
  let sources = new Set<string>()
  for (const finding of sorted) {
    const last = merged.at(-1)
    if (!last || !isSame(last, finding)) {
      merged.push(finding)
      sources = new Set()
    }
    if (finding.source !== undefined) sources.add(finding.source)
    if (sources.size > 1) merged[merged.length - 1] = { ...(merged.at(-1) as Finding), sources: sources.size }
  }
  return merged
}

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.file === b.file && a.line === b.line && a.column === b.column && a.message === b.message
}
