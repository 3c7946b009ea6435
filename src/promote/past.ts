import { gt, parse } from 'semver'
import type { VersionField } from '../image/field.ts'
import { isMovingTag } from '../image/tag.ts'
import type { History } from './history.ts'
import type { Move, UnitVerdict } from './unit.ts'

/**
 * Leaves alone what people have decided otherwise: a version that stood in the target and was replaced there, and a target
 * that holds what never stood in the source, until the source changes after it.
 *
 * @param sources the fields of all sources that a join may take a version from, by the target's field.
 */
export function respectPast(
  verdict: UnitVerdict,
  history: History,
  sources: (target: VersionField) => readonly VersionField[],
): UnitVerdict {
  if (verdict.is !== 'move') return verdict
  const reason = ahead(verdict.moves, history, sources) ?? replaced(verdict.moves, history)
  return reason === undefined ? verdict : { ...verdict, is: 'none', reason }
}

function replaced(moves: readonly Move[], history: History): string | undefined {
  const all = moves.every(({ target, value }) => history.stood(target, value))
  const [move] = moves
  if (!all || !move) return undefined
  const { file, line } = move.target
  return `${shown(principal(moves).value)} stood in ${file}:${line} before and was replaced there; it is not proposed again until the source changes.`
}

function ahead(
  moves: readonly Move[],
  history: History,
  sources: (target: VersionField) => readonly VersionField[],
): string | undefined {
  const move = principal(moves)
  const { target } = move
  if (sources(target).some((source) => history.stood(source, target.value))) return undefined
  const from = history.since(move.source)
  const to = history.since(target)
  if (from && to && from.order < to.order) return undefined
  // Both came with one commit, as in a new repository: it tells nothing of what was first.
  if (from && to && from.order === to.order && from.created && to.created && !isNewer(target.value, move.value)) {
    return undefined
  }
  return `${shown(target.value)} in ${target.file}:${target.line} never stood in the source; it is left alone until the source changes.`
}

/** What tells one version of a unit from another: its tag, unless that moves by itself. */
function principal(moves: readonly Move[]): Move {
  return moves.find(({ target, value }) => target.kind !== 'digest' && !isMovingTag(value)) ?? (moves[0] as Move)
}

function isNewer(one: string, other: string): boolean {
  const [a, b] = [parse(one, { loose: true }), parse(other, { loose: true })]
  return a !== null && b !== null && gt(a, b)
}

/** A version within a sentence. It comes from a repository, so what is no plain word is quoted. */
export function shown(version: string): string {
  return /^[\w.:+/-]{1,140}$/.test(version) ? version : JSON.stringify(version.slice(0, 140))
}
