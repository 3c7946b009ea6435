import { count } from '../report/count.ts'
import { fileUri } from '../report/file-uri.ts'
import { code, link, markdown } from '../report/markdown.ts'
import type { PullRequest } from './group.ts'
import { instant } from './instant.ts'
import { formatMachineBlock, type MachineBlock } from './machine-block.ts'
import type { Change, Promotion } from './plan.ts'
import { OUT_OF_REACH } from './rollback/notes.ts'
import { fillTemplate } from './title.ts'

/** What the text of a pull request is made of besides the plan. */
export interface BodyContext {
  action: 'promote' | 'rollback'
  /** The repository's page, where there is one: `https://github.com/acme/gitops`. */
  page?: string
  /** The commit that the files stand at. */
  base: string
  /** Of the configuration; stands above all else. */
  template?: string
  /** What the change makes of the rendered target, as Markdown of at most so many characters. */
  rendered?: (most: number) => string
}

/** GitHub's limit is 65,536 characters; Renovate, too, stops here. */
const LONGEST = 58_000
const LONGEST_TABLE = 20_000

/**
 * The body of a pull request: what changes and since when it stands in the source, which gates it passed, what stays as it
 * is, what the rendered result changes, how to hold it or to roll it back, and the hidden block. All that comes from the
 * repository is made inert.
 */
export function bodyOf(request: PullRequest, block: MachineBlock, context: BodyContext): string {
  const hidden = formatMachineBlock(block)
  const parts = [
    context.template === undefined
      ? ''
      : fillTemplate(context.template, request.promotions, request.environment).trim(),
    route(request),
    changeTable(request.promotions, context),
    gatesPassed(request.promotions),
    leftAlone(request.promotions),
    worthKnowing(request.promotions),
    instructions(request, context.action),
  ]
  const rest = LONGEST - hidden.length - parts.join('\n\n').length - 100
  const rendered = context.rendered && rest > 1000 ? context.rendered(rest) : ''
  parts.splice(-1, 0, rendered)
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\n${hidden}\n`
}

/** From where to where; a rollback comes from the past. */
function route({ environment, promotions }: PullRequest): string {
  const from = [...new Set(promotions.flatMap((promotion) => promotion.from))]
  return from.length === 0 ? '' : `From ${from.map(code).join(', ')} to ${code(environment)}:`
}

function changeTable(promotions: readonly Promotion[], context: BodyContext): string {
  const rows = promotions.flatMap((promotion) => promotion.changes.map((change) => row(promotion, change, context)))
  const shown: string[] = []
  let length = 0
  for (const each of rows) {
    length += each.length + 1
    if (length > LONGEST_TABLE) break
    shown.push(each)
  }
  const more = rows.length - shown.length
  const head =
    context.action === 'rollback'
      ? '| Application | Version now | Back to | File |\n| :-- | :-- | :-- | :-- |'
      : '| Application | Version now | Next | File | In its source since |\n| :-- | :-- | :-- | :-- | :-- |'
  return `${head}\n${shown.join('\n')}${more > 0 ? `\n\n… and ${count(more, 'more change')}.` : ''}`
}

function row({ app }: Promotion, change: Change, context: BodyContext): string {
  const { target, old, new: value, since } = change
  const what = target.image ?? target.chart
  const named = what === undefined ? code(app) : `${code(app)}<br>${code(what)}`
  const place = code(`${target.file}:${target.line}`)
  const file =
    context.page === undefined
      ? place
      : link(place, `${context.page}/blob/${context.base}/${fileUri(target.file)}#L${target.line}`)
  const cells = [named, code(old), `**${code(value)}**`, file]
  if (context.action === 'promote') cells.push(since ? standing(since, context) : '')
  return `| ${cells.join(' | ')} |`
}

function standing({ time, commit }: NonNullable<Change['since']>, { page }: BodyContext): string {
  const short = code(commit.slice(0, 7))
  return `${instant(time)} (${page === undefined ? short : link(short, `${page}/commit/${commit}`)})`
}

/** Each gate once, whatever the number of applications that passed it. */
function gatesPassed(promotions: readonly Promotion[]): string {
  const passed = promotions.flatMap(({ app, gates }) =>
    gates.filter(({ state }) => state === 'passed').map(({ gate, reason }) => ({ app, gate, reason })),
  )
  const lines = new Map<string, string[]>()
  for (const { app, gate, reason } of passed) {
    const line = `**${gate}**: ${markdown(reason)}`
    lines.set(line, [...(lines.get(line) ?? []), app])
  }
  if (lines.size === 0) return ''
  const many = promotions.length > 1
  const listed = [...lines].map(([line, apps]) => `- ${line}${many ? ` (${listOf(apps)})` : ''}`)
  return `Gates passed:\n\n${bounded(listed)}`
}

function leftAlone(promotions: readonly Promotion[]): string {
  const lines = promotions.flatMap(({ app, left }) =>
    left.map((reason) => `- ${promotions.length > 1 ? `${code(app)}: ` : ''}${markdown(reason)}`),
  )
  return lines.length === 0 ? '' : `Not changed:\n\n${bounded(lines)}`
}

function worthKnowing(promotions: readonly Promotion[]): string {
  return bounded(promotions.flatMap(({ notes = [] }) => notes.map((note) => `- ${markdown(note)}`)))
}

function instructions({ environment, promotions, grouped }: PullRequest, action: BodyContext['action']): string {
  const app = promotions[0]?.app ?? ''
  const undo = `gitops rollback --app ${grouped ? 'APP' : app} --environment ${environment}`
  const what =
    action === 'rollback'
      ? `${OUT_OF_REACH} Once merged it sticks: the version is not proposed again until its source moves on.`
      : `**To hold it**, add the label ${code('gitops/hold')}; **to refuse this version**, close the pull request. ` +
        `**To roll back** after the merge: ${code(undo)}.`
  const branch =
    action === 'rollback'
      ? 'Commits of others on this branch'
      : 'This branch is rewritten when its source moves; commits of others on it'
  return `${what}\n\n${branch} are never overwritten.`
}

const MOST_LINES = 50

function bounded(lines: readonly string[]): string {
  const more = lines.length - MOST_LINES
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`- … and ${more} more`] : [])].join('\n')
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).map(code).join(', ')
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown
}
