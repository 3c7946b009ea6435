import type { Obstacle, VersionField } from '../image/field.ts'
import type { MatchedFields } from '../image/identity.ts'
import { normalizedName } from '../image/reference.ts'
import { isMovingTag } from '../image/tag.ts'

/** One version that would move. */
export interface Move {
  source: VersionField
  target: VersionField
  /** The version that the target shall hold. */
  value: string
}

/** What becomes of fields that move together or not at all. */
export interface UnitVerdict {
  /** Names the unit, in the target. */
  unit: string
  is: 'equal' | 'move' | 'none' | 'blocked'
  /** What would move; also where something is in the way. */
  moves: readonly Move[]
  /** A sentence, where something is in the way. */
  reason?: string
}

/** The value that a pair's target shall hold: the source's, or one that somebody named. */
export type Wanted = (source: VersionField, target: VersionField) => string

/** Judges the fields of two environments by what stands in the files alone; the past and the gates come later. */
export function judgeUnits(matched: MatchedFields, wanted: Wanted): UnitVerdict[] {
  const units = new Map<string, Move[]>()
  for (const { source, target } of matched.pairs) {
    units.set(target.unit, [...(units.get(target.unit) ?? []), { source, target, value: wanted(source, target) }])
  }
  const verdicts = [...units].map(([unit, members]) => judge(unit, members, matched))
  return [...verdicts, ...digestsAlone(matched, units), ...unsure(matched, units)]
}

function judge(unit: string, members: readonly Move[], matched: MatchedFields): UnitVerdict {
  const moves = members.filter(({ target, value }) => target.value !== value)
  if (moves.length === 0) return { unit, is: 'equal', moves }
  const lonely = matched.targetOnly.filter((field) => field.unit === unit)
  const found = [...moves.flatMap(inTheWay), ...missing(lonely), ...moves.flatMap((move) => unpinned(move, members))]
  const worst = found.find(({ is }) => is === 'none') ?? found[0]
  return { unit, is: 'move', moves, ...worst }
}

type Hindrance = Pick<UnitVerdict, 'is' | 'reason'>

function inTheWay({ source, target, value }: Move): Hindrance[] {
  const reading = value === source.value ? barring(source, 'reading') : undefined
  const writing = barring(target, 'writing')
  return [
    ...(reading ? [hindrance(source, reading)] : []),
    // An alias follows its anchor, which may move, too: edits.ts knows.
    ...(writing && writing.kind !== 'alias' ? [hindrance(target, writing)] : []),
  ]
}

function barring({ editable }: VersionField, what: 'reading' | 'writing'): Obstacle | undefined {
  return editable !== true && (editable.bars === what || editable.bars === 'both') ? editable : undefined
}

/** What moves by itself, or is no version here, is left alone; what is a version but cannot be handled is a fault. */
const LEFT_ALONE: ReadonlySet<Obstacle['kind']> = new Set([
  'range',
  'branch',
  'moving',
  'template',
  'empty',
  'automated',
])

function hindrance({ file, line }: VersionField, { kind, message }: Obstacle): Hindrance {
  return { is: LEFT_ALONE.has(kind) ? 'none' : 'blocked', reason: `${file}:${line}: ${message}` }
}

/** What the target has besides, and the source has not, cannot stay as it is when the rest of its unit moves. */
function missing(lonely: readonly VersionField[]): Hindrance[] {
  return lonely.map(({ kind, file, line }) =>
    kind === 'digest'
      ? {
          is: 'blocked',
          reason: `${file}:${line} pins a digest and the source has none for it; pin it there, too.`,
        }
      : { is: 'none', reason: `${file}:${line} belongs to the same build, and the source has no version for it.` },
  )
}

/** A digest makes `latest` one image; without it the tag must not travel. */
function unpinned({ source, target, value }: Move, members: readonly Move[]): Hindrance[] {
  if (target.kind !== 'tag' || !isMovingTag(value)) return []
  if (members.some((member) => member.target.kind === 'digest')) return []
  return [
    {
      is: 'none',
      reason: `${source.file}:${source.line}: The tag ${value} moves by itself, and ${target.file} has no digest.`,
    },
  ]
}

/** `app@sha256:…` in the target and only `app:v2` in the source: nothing could be written without dropping the digest. */
function digestsAlone(matched: MatchedFields, paired: ReadonlyMap<string, unknown>): UnitVerdict[] {
  if (!matched.targetOnly.some(({ kind }) => kind === 'digest')) return []
  const sources = [...matched.sourceOnly, ...matched.pairs.map(({ source }) => source)]
  const pinned = imagesOf(sources.filter(({ kind }) => kind === 'digest'))
  const tagged = imagesOf(matched.sourceOnly.filter(({ kind, editable }) => kind === 'tag' && editable === true))
  return matched.targetOnly.flatMap((field) => {
    const image = field.image === undefined ? undefined : normalizedName(field.image)
    if (field.kind !== 'digest' || image === undefined || paired.has(field.unit)) return []
    if (!tagged.has(image) || pinned.has(image)) return []
    return [{ unit: field.unit, moves: [], ...(missing([field])[0] as Hindrance) }]
  })
}

/** What several could be the same as is not guessed, and not passed over either. */
function unsure({ sourceOnly, targetOnly }: MatchedFields, paired: ReadonlyMap<string, unknown>): UnitVerdict[] {
  const likenesses = ({ kind, image, chart, owner, steps }: VersionField) => [
    JSON.stringify([kind, owner?.kind, steps]),
    ...(image === undefined ? [] : [`${kind} ${normalizedName(image)}`]),
    ...(chart === undefined ? [] : [`${kind} ${chart}`]),
  ]
  const alike = new Map<string, VersionField[]>()
  for (const field of sourceOnly) {
    for (const each of likenesses(field)) alike.set(each, [...(alike.get(each) ?? []), field])
  }
  const verdicts = new Map<string, UnitVerdict>()
  for (const target of targetOnly) {
    const sources = [...new Set(likenesses(target).flatMap((each) => alike.get(each) ?? []))]
    if (paired.has(target.unit) || verdicts.has(target.unit)) continue
    if (sources.every(({ value }) => value === target.value)) continue
    const places = sources.slice(0, 3).map(({ file, line }) => `${file}:${line}`)
    const reason = `${target.file}:${target.line}: It is not certain whether ${places.join(' or ')} is the same here; give both the same file, kind and name.`
    verdicts.set(target.unit, { unit: target.unit, is: 'none', moves: [], reason })
  }
  return [...verdicts.values()]
}

function imagesOf(fields: readonly VersionField[]): Set<string> {
  return new Set(fields.flatMap(({ image }) => (image === undefined ? [] : normalizedName(image))))
}
