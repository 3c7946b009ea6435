import type { VersionField } from '../image/field.ts'
import type { Position } from '../yaml/position.ts'
import type { Move } from './unit.ts'

export type Edits<M extends Move> = { ok: true; edits: M[] } | { ok: false; reason: string }

/**
 * The moves that are written: those of anchors, which their aliases follow. Refused where an edit would also change what
 * is not meant, or an alias would have to change alone.
 */
export function throughAnchors<M extends Move>(moves: readonly M[]): Edits<M> {
  const wanted = new Map(moves.map((move) => [placeOf(move.target.file, move.target), move.value]))
  const reached = new Set<string>()
  for (const { target, value } of moves.filter(({ target }) => !isAlias(target))) {
    for (const place of target.reaches ?? []) {
      const key = placeOf(target.file, place)
      if (wanted.get(key) !== value)
        return {
          ok: false,
          reason: `${target.file}:${target.line} is repeated by an alias in line ${place.line}, which would change, too.`,
        }
      reached.add(key)
    }
  }
  for (const { target } of moves.filter(({ target }) => isAlias(target))) {
    if (reached.has(placeOf(target.file, target))) continue
    const message = target.editable === true ? '' : target.editable.message
    return { ok: false, reason: `${target.file}:${target.line}: ${message}` }
  }
  return { ok: true, edits: moves.filter(({ target }) => !isAlias(target)) }
}

function isAlias({ editable }: VersionField): boolean {
  return editable !== true && editable.kind === 'alias'
}

function placeOf(file: string, { line, column }: Position): string {
  return `${file}:${line}:${column}`
}
