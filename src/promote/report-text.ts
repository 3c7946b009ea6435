import { type Colours, colours } from '../report/colour.ts'
import { count } from '../report/count.ts'
import { markCommand, visible } from '../report/neutralise.ts'
import type { PromoteReport, PromotionStatus, ReportedChange, ReportedPromotion } from './report.ts'

/** The report for people: every promotion with its state and its changes, then what was skipped, then the sum. */
export function formatPromoteText(report: PromoteReport, options: { colour: boolean }): string {
  const paint = colours(options.colour)
  const lines = [
    ...report.promotions.flatMap((promotion) => [...promotionLines(promotion, paint), '']),
    ...skippedLines(report, paint),
    sumOf(report),
  ]
  return lines.map((line) => `${markCommand(line)}\n`).join('')
}

function promotionLines(promotion: ReportedPromotion, paint: Colours): string[] {
  const { app, to, status, reason, title, branch, pullRequest } = promotion
  const source = sourceOf(promotion)
  const where = `${visible(app)}  ${source === '' ? '' : `${source} → `}${visible(to)}`
  const lines = [`${paint.bold(where)}  ${statusIn(status, paint)}`]
  if (reason !== undefined) lines.push(`  ${visible(reason)}`)
  lines.push(...promotion.changes.map((change) => `  ${changeLine(change, paint)}`))
  if (branch !== undefined) {
    const named = [
      ...(pullRequest === undefined ? [] : [`#${pullRequest}`]),
      ...(title === undefined ? [] : [visible(title)]),
    ]
    lines.push(`  ${paint.dim([...named, named.length > 0 ? `(${visible(branch)})` : visible(branch)].join(' '))}`)
  }
  return lines
}

export function sourceOf({ from }: ReportedPromotion): string {
  return visible(Array.isArray(from) ? from.join(', ') : (from ?? ''))
}

function changeLine({ file, line, column, field, image, old, new: value }: ReportedChange, paint: Colours): string {
  const what = image === undefined ? field : `${visible(image)} ${field}`
  return `${visible(file)}:${line}:${column}  ${what}  ${paint.red(visible(old))} → ${paint.green(visible(value))}`
}

const COLOURS: Readonly<Record<PromotionStatus, keyof Colours>> = {
  open: 'green',
  update: 'green',
  unchanged: 'dim',
  close: 'yellow',
  waiting: 'cyan',
  held: 'yellow',
  blocked: 'red',
  none: 'dim',
}

function statusIn(status: PromotionStatus, paint: Colours): string {
  return paint[COLOURS[status]](status)
}

function skippedLines({ skipped }: PromoteReport, paint: Colours): string[] {
  if (skipped.length === 0) return []
  const lines = skipped.map(
    ({ file, line, reason }) => `  ${visible(file)}${line === undefined ? '' : `:${line}`}  ${visible(reason)}`,
  )
  return [paint.bold('Skipped'), ...lines, '']
}

/** In the order of the statuses' gravity: what will be done comes first. */
export function sumOf({ promotions, skipped }: PromoteReport): string {
  if (promotions.length === 0 && skipped.length === 0) return 'Nothing to promote: no version differs from its source.'
  const parts = (Object.keys(COLOURS) as PromotionStatus[]).flatMap((status) => {
    const number = promotions.filter((promotion) => promotion.status === status).length
    return number > 0 ? [`${number} ${status}`] : []
  })
  const files = skipped.length > 0 ? `; ${count(skipped.length, 'file')} skipped` : ''
  return `${count(promotions.length, 'promotion')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}${files}`
}
