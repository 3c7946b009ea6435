import type { VersionField } from '../image/field.ts'
import { type Edge, matchDeployed } from './edge.ts'
import type { History } from './history.ts'
import { linkInTheWay } from './links.ts'
import { respectPast } from './past.ts'
import type { Request } from './request.ts'
import type { Deployed, Snapshot } from './snapshot.ts'
import { judgeUnits, type Move, type UnitVerdict } from './unit.ts'

/** What would move along an edge, or why nothing can. */
export interface Candidate {
  app: string
  /** The environments that the version comes from. */
  from: readonly string[]
  to: string
  status: 'due' | 'waiting' | 'blocked' | 'none'
  moves: readonly CandidateMove[]
  /** What stays as it is although it differs, and why. */
  left: readonly string[]
  reason?: string
}

export interface CandidateMove extends Move {
  /** The fields of all sources that agree on the version. */
  sources: readonly VersionField[]
}

/** The candidate of an edge; `undefined` where the environments are equal already, or the target has no such application. */
export function candidateOf(edge: Edge, snapshot: Snapshot, history: History, request: Request): Candidate | undefined {
  const present = edge.sources.filter(({ deployed }) => deployed)
  if (edge.need === 'all' || present.length === 1)
    return joined(edge, edge.need === 'all' ? edge.sources : present, snapshot, history, request)
  return anyOf(edge, present, snapshot, history, request)
}

type Side = Edge['sources'][number]

/** Of several sources any of which suffices, the one whose version is newest; none where one has what the target has. */
function anyOf(
  edge: Edge,
  sources: readonly Side[],
  snapshot: Snapshot,
  history: History,
  request: Request,
): Candidate | undefined {
  const candidates = sources.map((source) => joined(edge, [source], snapshot, history, request))
  const known = candidates.filter((candidate) => candidate !== undefined)
  const due = known
    .filter(({ status }) => status === 'due')
    .filter((candidate) => candidate.moves.every((move) => isNewerThanTarget(move, candidates, history)))
  if (due.length > 0) return due.reduce((best, next) => (newest(next, history) < newest(best, history) ? next : best))
  if (candidates.includes(undefined) || known.some(({ status }) => status === 'due')) return undefined
  return known.find(({ status }) => status === 'blocked') ?? known[0]
}

/** Beside a source that the target has its version from already, an older one has nothing to say. */
function isNewerThanTarget(
  { source, target }: Move,
  candidates: readonly (Candidate | undefined)[],
  history: History,
): boolean {
  if (!candidates.includes(undefined)) return true
  const [from, to] = [history.since(source), history.since(target)]
  return from !== undefined && to !== undefined && from.order < to.order
}

function newest({ moves }: Candidate, history: History): number {
  return Math.min(...moves.map(({ source }) => history.since(source)?.order ?? Number.POSITIVE_INFINITY))
}

/** All of these sources must have the version. */
function joined(
  edge: Edge,
  sources: readonly Side[],
  snapshot: Snapshot,
  history: History,
  request: Request,
): Candidate | undefined {
  const { app, to, target } = edge
  const base = { app, to, from: sources.map(({ environment }) => environment) }
  const link = linkInTheWay(edge, snapshot)
  if (link !== undefined) return { ...base, status: 'blocked', moves: [], left: [], reason: link }
  if (!target) return undefined
  const absent = sources.filter(({ deployed }) => !deployed).map(({ environment }) => environment)
  const present = sources.flatMap(({ deployed }) => deployed ?? [])
  const sides = present.map((source) => judgeSide(source, target, edge, history, request))
  const verdicts = combine(sides, present)
  const moving = verdicts.filter(({ is }) => is === 'move')
  const differing = verdicts.filter(({ is }) => is !== 'equal')
  if (differing.length === 0) return undefined
  const reasons = (is: Verdict['is']) =>
    verdicts.flatMap((verdict) => (verdict.is === is && verdict.reason ? [verdict.reason] : []))
  const left = reasons('none')
  const moves = moving.flatMap(({ moves }) => moves)
  const [blocked] = reasons('blocked')
  if (blocked)
    return {
      ...base,
      status: 'blocked',
      moves: verdicts.flatMap(({ is, moves }) => (is === 'move' || is === 'blocked' ? moves : [])),
      left,
      reason: blocked,
    }
  if (absent.length > 0)
    return {
      ...base,
      status: 'waiting',
      moves,
      left,
      reason: `${absent.join(' and ')} ${absent.length > 1 ? 'do' : 'does'} not have ${app}.`,
    }
  const [apart] = reasons('apart')
  if (apart) return { ...base, status: 'waiting', moves, left, reason: apart }
  if (moves.length === 0)
    return { ...base, status: 'none', moves: [], left, reason: left[0] ?? 'There is nothing to promote.' }
  return { ...base, status: 'due', moves, left }
}

function judgeSide(
  source: Deployed,
  target: Deployed,
  edge: Edge,
  history: History,
  { version }: Request,
): UnitVerdict[] {
  const matched = matchDeployed(source, target)
  if (version !== undefined) return judgeNamed(matched, version, source.environment, history)
  const sources = (field: VersionField) => edge.sources.flatMap(({ deployed }) => sourcesOf(field, deployed, target))
  return judgeUnits(matched, (from) => from.value).map((verdict) => respectPast(verdict, history, sources))
}

function sourcesOf(field: VersionField, source: Deployed | undefined, target: Deployed): VersionField[] {
  const pairs = source ? matchDeployed(source, target).pairs : []
  return pairs.flatMap((pair) => (pair.target === field ? pair.source : []))
}

/** A version that a person names: only what stood in the source, whatever the past of the target. */
function judgeNamed(
  matched: ReturnType<typeof matchDeployed>,
  version: string,
  environment: string,
  history: History,
): UnitVerdict[] {
  const has = (field: VersionField) => field.kind !== 'digest' && history.stood(field, version)
  const units = new Set(matched.pairs.filter(({ source }) => has(source)).map(({ target }) => target.unit))
  if (units.size === 0) {
    const reason = `${JSON.stringify(version.slice(0, 140))} never stood in ${environment}.`
    return [{ unit: '', is: 'none', moves: [], reason }]
  }
  const within = (field: VersionField) => units.has(field.unit)
  const current = new Set(
    matched.pairs.filter(({ source }) => source.value === version).map(({ target }) => target.unit),
  )
  const pairs = matched.pairs.filter(({ target }) => within(target))
  return judgeUnits({ ...matched, pairs, targetOnly: matched.targetOnly.filter(within) }, (source, target) =>
    has(source) && !current.has(target.unit) ? version : source.value,
  ).map((verdict) =>
    !current.has(verdict.unit) &&
    matched.pairs.some(({ target }) => target.unit === verdict.unit && target.kind === 'digest')
      ? { ...verdict, is: 'blocked', reason: `The digest of ${version} is not known; the source has moved on.` }
      : verdict,
  )
}

interface Verdict {
  is: UnitVerdict['is'] | 'apart'
  moves: CandidateMove[]
  reason?: string
}

/** What all sources say of each unit; `apart` where they do not say the same. */
function combine(sides: readonly UnitVerdict[][], sources: readonly Deployed[]): Verdict[] {
  const units = new Set(sides.flatMap((side) => side.map(({ unit }) => unit)))
  return [...units].map((unit): Verdict => {
    const verdicts = sides.map((side) => side.find((verdict) => verdict.unit === unit))
    const known = verdicts.filter((verdict) => verdict !== undefined)
    const fault = known.find(({ is }) => is === 'blocked') ?? known.find(({ is }) => is === 'none')
    const [first] = known as [UnitVerdict]
    const moves = first.moves.map((move) => ({ ...move, sources: known.flatMap((verdict) => sourceIn(verdict, move)) }))
    if (!fault && known.every(({ is }) => is === 'equal')) return { is: 'equal', moves: [] }
    if (fault) return { is: fault.is, moves, ...(fault.reason && { reason: fault.reason }) }
    const agreed = known.length === sides.length && known.every((verdict) => saysTheSame(verdict, first))
    if (agreed) return { is: first.is, moves }
    return {
      is: 'apart',
      moves: [],
      reason: `${sources.map(({ environment }) => environment).join(' and ')} do not have the same version yet.`,
    }
  })
}

function sourceIn(verdict: UnitVerdict, { target }: Move): VersionField[] {
  return verdict.moves.filter((move) => move.target === target).map(({ source }) => source)
}

function saysTheSame(one: UnitVerdict, other: UnitVerdict): boolean {
  const text = ({ moves }: UnitVerdict) =>
    JSON.stringify(moves.map(({ target, value }) => [target.file, target.span.start, value]).sort())
  return one.is === other.is && text(one) === text(other)
}
