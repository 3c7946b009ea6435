import type { Config } from '../../config/schema.ts'
import { isWithin } from '../../repository/path.ts'
import type { Answers } from '../../signal/signal.ts'
import type { Base } from '../base.ts'
import { editFiles } from '../edits.ts'
import { type Gate, gatesOf } from '../gates.ts'
import type { Change, Plan, Promotion } from '../plan.ts'
import { twinInTheWay } from '../twins.ts'
import type { Move } from '../unit.ts'
import { isRestored } from './done.ts'
import { readStandings, type Standings } from './fields.ts'
import { isQuiet, passedOver, sentence, stopsRollback } from './notes.ts'
import { rollbackPullRequest } from './pull-request.ts'
import type { RollbackRequest } from './request.ts'
import { type Target, targetOf } from './target.ts'

export interface RollbackCircumstances {
  answers?: Answers
  /** What an earlier round of this run planned: once that is merged, the last change is the rollback itself. */
  earlier?: Plan
}

/**
 * Takes an application in an environment back to an earlier version: to what it was before the last commit of the base
 * branch that changed its versions, or to a version named that stood there. Pure, and of its own past alone, so it works
 * while the source keeps moving. No calendar and no hold stops it; they are told.
 *
 * @param base read by `readRollbackBase` for the same application and environment.
 * @param now milliseconds.
 */
export function planRollback(
  base: Base,
  config: Config,
  now: number,
  { answers = new Map(), earlier, ...request }: RollbackRequest & RollbackCircumstances,
): Plan {
  const standings = readStandings(base, request, config.limits.yaml)
  const target =
    earlier && isRestored(earlier, standings.fields) ? merged(request) : targetOf(standings.fields, base, request)
  const gates = target.status === 'due' ? gatesFor(target, request, standings, base, { config, answers, now }) : []
  const promotion = decide(target, gates, request, base, config)
  const open = promotion.status === 'open'
  return {
    action: 'rollback',
    promotions: [promotion],
    pullRequests: open ? [rollbackPullRequest(promotion, base)] : [],
    questions: open ? gates.flatMap(({ question }) => question ?? []) : [],
    skipped: skippedOf(base, request),
  }
}

function decide(
  { moves, left, notes, status, reason }: Target,
  gates: readonly Gate[],
  { app, environment }: RollbackRequest,
  base: Base,
  config: Config,
): Promotion {
  const told = gates.filter((gate) => !isQuiet(gate))
  const promotion = { app, from: [], to: environment, left, gates: told, files: [], changes: changesOf(moves) }
  if (status !== 'due') return { ...promotion, status, ...(reason !== undefined && { reason }) }
  const stop = gates.find(stopsRollback)
  if (stop) return { ...promotion, status: 'blocked', reason: sentence(stop.reason) }
  const twin = twinInTheWay(moves, base.twin)
  if (twin !== undefined) return { ...promotion, status: 'blocked', reason: twin }
  const proved = editFiles(moves, base.read, config.limits.yaml)
  if (!proved.ok) return { ...promotion, status: 'blocked', reason: proved.reason }
  return { ...promotion, status: 'open', notes: [...notes, ...passedOver(gates)], files: proved.files }
}

/** Of the gates of a promotion, those that do not speak of a source. */
function gatesFor(
  { moves, left }: Target,
  { app, environment: to }: RollbackRequest,
  { holds }: Standings,
  { layout, history }: Base,
  world: { config: Config; answers: Answers; now: number },
): Gate[] {
  const environment = layout.environments.get(to)
  if (!environment) return []
  const comments = moves.flatMap(({ target }) => holds.get(target) ?? [])
  const candidate = {
    app,
    from: [],
    to,
    status: 'due' as const,
    moves: moves.map((move) => ({ ...move, sources: [] })),
    left,
  }
  return gatesOf(candidate, comments, { ...world, environment, history })
}

function merged({ environment }: RollbackRequest): Target {
  return { status: 'none', moves: [], left: [], notes: [], reason: `${environment} has been rolled back.` }
}

function changesOf(moves: readonly Move[]): Change[] {
  return moves.map(({ source, target, value }) => ({ source, target, old: target.value, new: value })).sort(byPlace)
}

function byPlace({ target: a }: Change, { target: b }: Change): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start
}

/** What could not be read of this application; the others are not asked about. */
function skippedOf({ applications, skipped }: Base, { app, environment }: RollbackRequest): Plan['skipped'] {
  const roots = applications.get(app)?.get(environment)?.roots ?? []
  return skipped.filter(({ file }) => roots.some((root) => isWithin(file, root)))
}
