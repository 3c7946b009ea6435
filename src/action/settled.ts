import { randomBytes } from 'node:crypto'
import { appendFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '../commands/world.ts'
import { formatPatchesMarkdown } from '../promote/patches.ts'
import { isBlocked, type PromoteReport, settledReport } from '../promote/report.ts'
import { formatPromoteMarkdown } from '../promote/report-markdown.ts'
import type { Settled } from '../promote/rounds.ts'
import { markdown } from '../report/markdown.ts'
import { appendSummary } from './job-summary.ts'
import { LIMIT, writeOutputs } from './outputs.ts'

/** In bytes, of two tables: the runner drops a summary of more than 1 MiB. */
const LONGEST_TABLE = 400_000
const LONGEST_PATCHES = 50_000

/** Sets the outputs and the job summary of promote, rollback and update. */
export function recordSettled(settled: Settled, world: World): void {
  const { sink, environment } = world
  const report = settledReport(settled)
  const told = [headOf(settled), '', formatPromoteMarkdown(report, LONGEST_TABLE), changesOf(settled), notesOf(settled)]
  appendSummary(world, told.join('\n'))

  const action = settled.plan.action
  const whole = join(environment.RUNNER_TEMP ?? tmpdir(), `gitops-${action}-${randomBytes(6).toString('hex')}.json`)
  writeFileSync(whole, `${JSON.stringify(report, undefined, 2)}\n`)
  writeOutputs(
    environment.GITHUB_OUTPUT,
    {
      outcome: outcomeOf(report, settled),
      json: cutPromoteReport(report),
      report: whole,
      ...pullRequestsOf(settled),
    },
    { append: appendFileSync, warn: sink.warn, delimiter: () => `gitops_${randomBytes(16).toString('hex')}` },
  )
}

function headOf({ plan, dryRun }: Settled): string {
  return `## ${plan.action === 'rollback' ? 'Rollback' : 'Promotion'}${dryRun ? ' (nothing was written)' : ''}`
}

/** What was written stands in pull requests; what would be is shown here. */
function changesOf({ plan, dryRun }: Settled): string {
  if (!dryRun) return ''
  const files = plan.pullRequests.flatMap((pullRequest) => pullRequest.files)
  return formatPatchesMarkdown(files, LONGEST_PATCHES)
}

function notesOf({ notes = [], failure }: Settled): string {
  const all = [...(failure instanceof Error ? [`❌ ${failure.message}`] : []), ...notes]
  return all.map((note) => `${markdown(note)}\n\n`).join('')
}

/** The word of a run as a whole; a merge changes something, too, although its pull request stood before. */
export function outcomeOf(
  report: Pick<PromoteReport, 'promotions'>,
  { failure, merged }: Pick<Settled, 'failure' | 'merged'>,
): 'changed' | 'unchanged' | 'blocked' | 'error' {
  if (failure !== undefined) return 'error'
  if (isBlocked(report)) return 'blocked'
  if (merged.length > 0) return 'changed'
  return report.promotions.some(({ status }) => CHANGES.has(status)) ? 'changed' : 'unchanged'
}

const CHANGES: ReadonlySet<string> = new Set(['open', 'update', 'close'])

/** The values of one pull request, or JSON lists of all. */
function pullRequestsOf({ done }: Settled): Record<string, string> {
  const pulls = [...done.values()].filter(({ pullRequest }) => pullRequest !== undefined)
  const output = (values: readonly (string | number | undefined)[]) =>
    values.length === 1 ? String(values[0] ?? '') : JSON.stringify(values.map((value) => value ?? ''))
  if (pulls.length === 0) return {}
  return {
    'pull-request-number': output(pulls.map(({ pullRequest }) => pullRequest)),
    'pull-request-url': output(pulls.map(({ url }) => url)),
    'pull-request-operation': output(pulls.map(({ status }) => status)),
  }
}

/** The report as JSON that fits an output: promotions are left off from the end, and `truncated` says so. */
export function cutPromoteReport(report: PromoteReport, limit = LIMIT): string {
  const whole = JSON.stringify(report)
  if (Buffer.byteLength(whole) <= limit) return whole
  const promotions: PromoteReport['promotions'] = []
  let length = JSON.stringify({ ...report, promotions: [], skipped: [], truncated: true }).length
  for (const promotion of report.promotions) {
    length += Buffer.byteLength(JSON.stringify(promotion)) + 1
    if (length > limit) break
    promotions.push(promotion)
  }
  return JSON.stringify({ ...report, promotions, skipped: [], truncated: true })
}
