import type { Config } from '../config/schema.ts'
import type { VersionField } from '../image/field.ts'
import type { Skipped } from '../image/skipped.ts'
import type { Answers, Question } from '../signal/signal.ts'
import { type Candidate, candidateOf } from './candidate.ts'
import { type Edge, edgesOf } from './edge.ts'
import { type EditedFile, editFiles } from './edits.ts'
import { type Gate, gatesOf } from './gates.ts'
import { type Grouping, groupPromotions, type PullRequest } from './group.ts'
import { setHeldAside } from './held-units.ts'
import type { History, Standing } from './history.ts'
import type { Request } from './request.ts'
import { besideRollback } from './rollback/open.ts'
import type { Snapshot } from './snapshot.ts'
import { twinInTheWay } from './twins.ts'

/** What a run of promotion or rollback comes to, as data. */
export interface Plan {
  action: 'promote' | 'rollback'
  /** By environment in their order, then by application. Edges already equal are left out. */
  promotions: readonly Promotion[]
  /** What should be open, with every byte of it. */
  pullRequests: readonly PullRequest[]
  /** What gates hang on; answer these and plan again. */
  questions: readonly Question[]
  skipped: readonly Skipped[]
}

/** One application along one edge. `open` is due: whether its pull request is new, changed or as it should be is seen later. */
export interface Promotion {
  app: string
  /** Empty for a rollback. */
  from: readonly string[]
  to: string
  status: 'open' | 'waiting' | 'held' | 'blocked' | 'none'
  reason?: string
  /** When it is due at the earliest, where gates know (milliseconds). */
  opens?: number
  changes: readonly Change[]
  gates: readonly Gate[]
  /** What differs and stays, and why. */
  left: readonly string[]
  /** What people should know although it stops nothing: sentences. */
  notes?: readonly string[]
  /** The files that the changes make, once they could be made. */
  files: readonly EditedFile[]
}

export interface Change {
  source: VersionField
  target: VersionField
  old: string
  new: string
  /** Since when the source has it. */
  since?: Standing
}

export interface Circumstances extends Partial<Grouping> {
  request?: Request
  answers?: Answers
  /** Branches on which a rollback is open. */
  rollbacks?: ReadonlySet<string>
  /** Why a promotion that is due is not proposed: a person closed the pull request for it. */
  declined?(promotion: Promotion): string | undefined
}

/**
 * Decides for every application and edge whether its version moves now. Pure: the same snapshot, configuration and instant
 * give the same plan, and a plan once merged leaves nothing to do.
 *
 * @param now milliseconds.
 */
export function plan(
  snapshot: Snapshot & { history: History },
  config: Config,
  now: number,
  { request = {}, answers = new Map(), rollbacks = new Set(), declined, ...grouping }: Circumstances = {},
): Plan {
  const { history } = snapshot
  const edges = edgesOf(snapshot, request)
  const found = new Set(edges.filter((edge) => hasSource(edge, request.version, history)).map(({ app }) => app))
  const promotions = edges.flatMap((edge) => {
    const insists = request.apps === undefined ? found.size === 0 : !found.has(edge.app)
    const candidate = candidateOf(edge, snapshot, history, { ...request, insists })
    if (!candidate) return []
    const promotion = besideRollback(decide(candidate, snapshot, { config, history, answers, now }), rollbacks)
    const reason = promotion.status === 'open' ? declined?.(promotion) : undefined
    return reason === undefined ? [promotion] : [{ ...promotion, status: 'held' as const, reason }]
  })
  const narrowed = request.apps !== undefined || request.environments !== undefined
  const { grouped, pullRequests } = groupPromotions(promotions, snapshot, config, { ...grouping, narrowed })
  const questions = promotions.flatMap(({ status, gates }) =>
    status === 'held' || status === 'blocked' ? [] : gates.flatMap(({ question }) => question ?? []),
  )
  const once = new Map(questions.map((question) => [JSON.stringify(question), question]))
  return {
    action: 'promote',
    promotions: grouped,
    pullRequests,
    questions: [...once.values()],
    skipped: snapshot.skipped,
  }
}

/**
 * Of many applications, those that never had a version are passed over, and so are environments that it has yet to come to;
 * where none had it, or none of an application that is named, it is a mistake.
 */
function hasSource({ sources }: Edge, version: string | undefined, history: History): boolean {
  const fields = sources.flatMap(({ deployed }) => deployed?.fields ?? [])
  return version !== undefined && fields.some((field) => field.kind !== 'digest' && history.stood(field, version))
}

interface World {
  config: Config
  history: History
  answers: Answers
  now: number
}

function decide(found: Candidate, snapshot: Snapshot, world: World): Promotion {
  const { candidate, holds } = setHeldAside(found, snapshot, world.now)
  const { app, from, to, moves, left, reason } = candidate
  const promotion = { app, from, to, left, gates: [], files: [], changes: changesOf(candidate, world.history) }
  if (candidate.status !== 'due') return { ...promotion, status: candidate.status, ...(reason && { reason }) }
  const environment = snapshot.layout.environments.get(to)
  const gates = environment ? gatesOf(candidate, holds, { ...world, environment }) : []
  const twin = twinInTheWay(moves, snapshot.twin)
  if (twin !== undefined) return { ...promotion, gates, status: 'blocked', reason: twin }
  const proved = editFiles(moves, snapshot.read, world.config.limits.yaml)
  if (!proved.ok) return { ...promotion, gates, status: 'blocked', reason: proved.reason }
  return { ...promotion, gates, files: proved.files, ...verdictOf(gates) }
}

/** The gravest of the gates decides; all that are not passed are told. */
function verdictOf(gates: readonly Gate[]): Pick<Promotion, 'status' | 'reason' | 'opens'> {
  const shut = gates.filter(({ state }) => state !== 'passed')
  if (shut.length === 0) return { status: 'open' }
  const status =
    (['blocked', 'held', 'waiting'] as const).find((word) => shut.some(({ state }) => state === word)) ?? 'waiting'
  const told = shut.map(({ reason }) => reason).join('; ')
  const opens = shut.every((gate) => gate.opens !== undefined)
    ? Math.max(...shut.map((gate) => gate.opens ?? 0))
    : undefined
  return { status, reason: `${told.charAt(0).toUpperCase()}${told.slice(1)}.`, ...(opens !== undefined && { opens }) }
}

function changesOf({ moves }: Candidate, history: History): Change[] {
  return moves
    .map(({ source, target, value }) => {
      const since = source.value === value ? history.since(source) : undefined
      return { source, target, old: target.value, new: value, ...(since && { since }) }
    })
    .sort((a, b) =>
      a.target.file < b.target.file
        ? -1
        : a.target.file > b.target.file
          ? 1
          : a.target.span.start - b.target.span.start,
    )
}
