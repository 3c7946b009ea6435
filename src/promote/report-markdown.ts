import { code, markdown } from '../report/markdown.ts'
import type { PromoteReport, ReportedPromotion } from './report.ts'
import { sumOf } from './report-text.ts'

/** The report as GitHub's Markdown: one table of promotions, one of skipped files, folded. */
export function formatPromoteMarkdown(report: PromoteReport): string {
  const lines = [`**${markdown(sumOf(report))}**`, '']
  if (report.promotions.length > 0) {
    lines.push('| Application | From → to | State | Version |', '|---|---|---|---|', ...report.promotions.map(row), '')
  }
  if (report.skipped.length > 0) {
    lines.push('<details><summary>Skipped</summary>', '', '| File | Why |', '|---|---|')
    lines.push(
      ...report.skipped.map(
        ({ file, line, reason }) => `| ${code(line === undefined ? file : `${file}:${line}`)} | ${markdown(reason)} |`,
      ),
    )
    lines.push('', '</details>', '')
  }
  return lines.join('\n')
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
