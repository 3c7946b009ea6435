import type { VersionField } from '../image/field.ts'
import type { Deployed } from './snapshot.ts'
import type { Move, UnitVerdict } from './unit.ts'

export interface CandidateMove extends Move {
  /** The fields of all sources that agree on the version. */
  sources: readonly VersionField[]
}

export interface Verdict {
  is: UnitVerdict['is'] | 'apart'
  moves: CandidateMove[]
  reason?: string
}

/** What all sources say of each unit; `apart` where they do not say the same. */
export function combine(sides: readonly UnitVerdict[][], sources: readonly Deployed[]): Verdict[] {
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
