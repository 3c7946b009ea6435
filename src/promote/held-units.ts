import type { HoldReason } from '../config/hold.ts'
import type { Candidate } from './candidate.ts'
import { isHeld } from './gates.ts'
import { instant } from './instant.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * A comment beside a version holds that version and what moves with it; the rest of the application goes on. Where nothing
 * is left to go on, the comments hold the promotion.
 */
export function setHeldAside(
  candidate: Candidate,
  { holds }: Snapshot,
  now: number,
): { candidate: Candidate; holds: HoldReason[] } {
  const held = new Map<string, HoldReason>()
  for (const { target } of candidate.moves) {
    const hold = holds.get(target)
    if (hold && isHeld(hold, now)) held.set(target.unit, hold)
  }
  if (held.size === 0) return { candidate, holds: [] }
  const moves = candidate.moves.filter(({ target }) => !held.has(target.unit))
  if (moves.length === 0)
    return { candidate, holds: [...new Map([...held.values()].map((hold) => [JSON.stringify(hold), hold])).values()] }
  const left = candidate.moves.flatMap(({ target }) => {
    const hold = held.get(target.unit)
    return hold
      ? [
          `${target.file}:${target.line} is held: ${hold.reason}${hold.until === undefined ? '' : ` (until ${instant(hold.until)})`}.`,
        ]
      : []
  })
  return { candidate: { ...candidate, moves, left: [...candidate.left, ...left] }, holds: [] }
}
