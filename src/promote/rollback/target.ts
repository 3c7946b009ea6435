import type { VersionField } from '../../image/field.ts'
import type { Base } from '../base.ts'
import type { History } from '../history.ts'
import { instant } from '../instant.ts'
import { linkInTheWay } from '../links.ts'
import { shown } from '../past.ts'
import { recentVersions } from '../recent-versions.ts'
import type { Move } from '../unit.ts'
import { byUnit } from './fields.ts'
import { type LastChange, lastChange } from './last-change.ts'
import { restoreNamed } from './named.ts'
import type { RollbackRequest } from './request.ts'
import { type Restored, restoreUnit, versionWith } from './unit.ts'

/** What a rollback would restore, or why it restores nothing. */
export interface Target {
  status: 'due' | 'blocked' | 'none'
  moves: readonly Move[]
  left: readonly string[]
  notes: readonly string[]
  reason?: string
}

/** What to go back to, by the files and their past alone; gates and the edit itself come later. */
export function targetOf(fields: readonly VersionField[], base: Base, request: RollbackRequest): Target {
  const { app, environment, toVersion } = request
  const link = linkAbove(base, request)
  if (link !== undefined) return nothing('blocked', link)
  if (fields.length === 0) return nothing('blocked', `There is no version of ${app} in ${environment} to roll back.`)
  const units = byUnit(fields)
  if (toVersion === undefined) return beforeLastChange(units, base, request)
  const restored = restoreNamed(units, toVersion, base.history)
  if (restored.length === 0) {
    const recent = recentVersions(units, base.history)
    return nothing('blocked', `${shown(toVersion)} never stood in ${environment}; there were ${recent}.`)
  }
  return summed(restored, `${environment} has ${shown(toVersion)} already.`)
}

function beforeLastChange(
  units: readonly VersionField[][],
  { history }: Base,
  { app, environment }: RollbackRequest,
): Target {
  const fields = units.flat()
  const last = lastChange(fields, history)
  if (!last) return nothing('blocked', `${app} has no earlier version in ${environment}; its first is the present one.`)
  const restored = units.flatMap((members): Restored[] => {
    const changed = members.find((member) => last.before.has(member))
    const then = changed && versionWith(members, changed, last.before.get(changed) as string, history)
    return then ? [restoreUnit(members, then)] : []
  })
  const target = summed(restored, `There is nothing to restore in ${environment}.`)
  const came = fields
    .filter((field) => !last.before.has(field) && cameSince(field, last, history))
    .map(({ file, line }) => `${file}:${line} came with or after the change that is undone, and stays.`)
  const again = target.moves.find((move) => stoodEarlier(move, last, history))
  return {
    ...target,
    left: [...new Set([...target.left, ...came])],
    notes: [`It undoes ${last.commit.slice(0, 7)} of ${instant(last.time)}.`, ...(again ? [wentBack(again)] : [])],
  }
}

function cameSince(field: VersionField, { order }: LastChange, history: History): boolean {
  for (const version of history.before(field.file)) {
    if (version.order > order) return false
    if (!version.field(field)) return true
  }
  return false
}

/** Whether the change to undo was itself a way back. */
function stoodEarlier({ target }: Move, { order }: LastChange, history: History): boolean {
  for (const version of history.before(target.file)) {
    if (version.order > order && version.held(target, target.value)) return true
  }
  return false
}

function wentBack({ target }: Move): string {
  return `That change had itself gone back to ${shown(target.value)}; to go further back, name a version with --to-version.`
}

/** One blocked unit stops all: an application that is half rolled back never ran. */
function summed(restored: readonly Restored[], same: string): Target {
  const moves = restored.filter(({ is }) => is === 'move' || is === 'blocked').flatMap((unit) => unit.moves)
  const left = restored.flatMap(({ is, reason, staying }) => [...staying, ...(is === 'none' && reason ? [reason] : [])])
  const blocked = restored.find(({ is }) => is === 'blocked')
  const common = { moves, left, notes: [] }
  if (blocked) return { ...common, status: 'blocked', ...(blocked.reason && { reason: blocked.reason }) }
  if (moves.length > 0) return { ...common, status: 'due' }
  const [reason] = left
  return reason === undefined || restored.some(({ is }) => is === 'equal')
    ? { ...common, status: 'none', reason: same }
    : { ...common, status: 'blocked', reason }
}

function linkAbove(base: Base, { app, environment }: RollbackRequest): string | undefined {
  const deployed = base.applications.get(app) ?? new Map()
  const target = deployed.get(environment)
  const sources = target
    ? [{ environment, deployed: target }]
    : [...deployed].map(([name, each]) => ({ environment: name, deployed: each }))
  return linkInTheWay({ app, to: environment, need: 'all', target, sources }, base)
}

function nothing(status: 'blocked' | 'none', reason: string): Target {
  return { status, moves: [], left: [], notes: [], reason }
}
