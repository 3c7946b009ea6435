import { count } from '../report/count.ts'
import { code, markdown } from '../report/markdown.ts'
import type { PromoteReport, ReportedPromotion } from './report.ts'
import { sumOf } from './report-text.ts'

/**
 * The report as GitHub's Markdown: one table of promotions, one of skipped files, folded.
 *
 * @param most bytes of each table, as the runner drops a job summary of more than 1 MiB.
 */
export function formatPromoteMarkdown(report: PromoteReport, most = Number.POSITIVE_INFINITY): string {
  const lines = [`**${markdown(sumOf(report))}**`, '']
  if (report.promotions.length > 0) {
    lines.push('| Application | From → to | State | Version |', '|---|---|---|---|')
    lines.push(...bounded(report.promotions.map(row), most), '')
  }
  if (report.skipped.length > 0) {
    lines.push('<details><summary>Skipped</summary>', '', '| File | Why |', '|---|---|')
    const rows = report.skipped.map(
      ({ file, line, reason }) => `| ${code(line === undefined ? file : `${file}:${line}`)} | ${markdown(reason)} |`,
    )
    lines.push(...bounded(rows, most))
    lines.push('', '</details>', '')
  }
  return lines.join('\n')
}

/** Whole rows, as many as fit. */
function bounded(rows: readonly string[], most: number): string[] {
  let length = 0
  const end = rows.findIndex((each) => {
    length += Buffer.byteLength(each) + 1
    return length > most
  })
  return end < 0 ? [...rows] : [...rows.slice(0, end), '', `… and ${count(rows.length - end, 'more row')}.`]
}

function row(promotion: ReportedPromotion): string {
  const { app, from, to, status, reason, pullRequest } = promotion
  const sources = (Array.isArray(from) ? from : from === undefined ? [] : [from]).map(markdown).join(', ')
  const number = pullRequest === undefined ? '' : ` #${pullRequest}`
  const state = `${status}${number}${reason === undefined ? '' : `: ${markdown(reason)}`}`
  return `| ${code(app)} | ${sources === '' ? '' : `${sources} → `}${markdown(to)} | ${state} | ${versions(promotion)} |`
}

function versions({ changes }: ReportedPromotion): string {
  return changes
    .map(({ image, old, new: value }) => `${image === undefined ? '' : `${code(image)} `}${code(old)} → ${code(value)}`)
    .join('<br>')
}
