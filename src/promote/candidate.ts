import { type CandidateMove, combine, type Verdict } from './agreement.ts'
import { type Edge, matchDeployed } from './edge.ts'
import type { History } from './history.ts'
import { linkInTheWay } from './links.ts'
import { shown } from './past.ts'
import type { Request } from './request.ts'
import { judgeSide, sourcesOf } from './side.ts'
import type { Snapshot } from './snapshot.ts'

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

/** The candidate of an edge; `undefined` where the environments are equal already, or the target has no such application. */
export function candidateOf(edge: Edge, snapshot: Snapshot, history: History, request: Request): Candidate | undefined {
  const present = edge.sources.filter(({ deployed }) => deployed)
  if (edge.need === 'all' || present.length === 1)
    return joined(edge, edge.need === 'all' ? edge.sources : present, snapshot, history, request)
  return anyOf(edge, present, snapshot, history, request)
}

type Side = Edge['sources'][number]

/** Of several sources any of which suffices, the one whose version is newest; what the target has from one of them stays. */
function anyOf(
  edge: Edge,
  sources: readonly Side[],
  snapshot: Snapshot,
  history: History,
  request: Request,
): Candidate | undefined {
  const candidates = sources.map((source) => joined(edge, [source], snapshot, history, request))
  const known = candidates.filter((candidate) => candidate !== undefined)
  const due = known.filter(({ status }) => status === 'due')
  const newer = due.flatMap((candidate) => {
    const moves = withoutOlder(candidate.moves, edge, history)
    return moves.length > 0 ? [{ ...candidate, moves }] : []
  })
  if (newer.length > 0)
    return newer.reduce((best, next) => (newest(next, history) < newest(best, history) ? next : best))
  if (candidates.includes(undefined) || due.length > 0) return undefined
  return known.find(({ status }) => status === 'blocked') ?? known[0]
}

/** Beside a source that the target has its version from already, an older one has nothing to say. */
function withoutOlder(moves: Candidate['moves'], edge: Edge, history: History): Candidate['moves'] {
  const older = moves.filter(({ source, target }) => {
    if (!sourcesOf(target, edge).some(({ value }) => value === target.value)) return false
    const [from, to] = [history.since(source), history.since(target)]
    return !from || !to || from.order >= to.order
  })
  const units = new Set(older.map(({ target }) => target.unit))
  return moves.filter(({ target }) => !units.has(target.unit))
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
  if (differing.length === 0) {
    const apart = present.some((source) =>
      matchDeployed(source, target).pairs.some((pair) => pair.source.value !== pair.target.value),
    )
    if (request.version === undefined || !apart) return undefined
    return { ...base, status: 'none', moves: [], left: [], reason: `${to} has ${shown(request.version)} already.` }
  }
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
