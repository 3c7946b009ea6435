import type { VersionField } from '../image/field.ts'
import type { MatchedFields } from '../image/identity.ts'
import { type Edge, matchDeployed } from './edge.ts'
import type { History } from './history.ts'
import { respectOwnBuilds } from './own-builds.ts'
import { respectPast } from './past.ts'
import { recentVersions } from './recent-versions.ts'
import type { Request } from './request.ts'
import type { Deployed } from './snapshot.ts'
import { judgeUnits, type UnitVerdict } from './unit.ts'

/** What one source of an edge says of each unit of the target, the past considered. */
export function judgeSide(
  source: Deployed,
  target: Deployed,
  edge: Edge,
  history: History,
  { version, insists = false }: Request,
): UnitVerdict[] {
  const matched = matchDeployed(source, target)
  if (version !== undefined) return judgeNamed(matched, version, { ...source, insists }, history)
  return judgeUnits(matched, (from) => from.value).map((verdict) =>
    respectPast(respectOwnBuilds(verdict, source.environment, target.environment), history, (field) =>
      sourcesOf(field, edge),
    ),
  )
}

/** The fields of all sources of an edge that a field of its target may take its version from. */
export function sourcesOf(field: VersionField, { sources, target }: Edge): VersionField[] {
  const pairs = sources.flatMap(({ deployed }) => (deployed && target ? matchDeployed(deployed, target).pairs : []))
  return pairs.flatMap((pair) => (pair.target === field ? pair.source : []))
}

/** A version that a person names: only what stood in the source, whatever the past of the target. */
function judgeNamed(
  matched: MatchedFields,
  version: string,
  { environment, insists }: { environment: string; insists: boolean },
  history: History,
): UnitVerdict[] {
  const has = (field: VersionField) => field.kind !== 'digest' && history.stood(field, version)
  const units = new Set(matched.pairs.filter(({ source }) => has(source)).map(({ target }) => target.unit))
  if (units.size === 0) {
    const reason = `${JSON.stringify(version.slice(0, 140))} never stood in ${environment}`
    if (!insists) return [{ unit: '', is: 'none', moves: [], reason: `${reason}.` }]
    const held = matched.pairs.filter(({ source }) => source.kind !== 'digest').map(({ source }) => [source])
    const there = held.length > 0 ? `; there were ${recentVersions(held, history)}` : ''
    return [{ unit: '', is: 'blocked', moves: [], reason: `${reason}${there}.` }]
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
