import type { VersionField } from '../../image/field.ts'
import type { History, PastVersion } from '../history.ts'
import { shown } from '../past.ts'
import { judgeUnits, type UnitVerdict } from '../unit.ts'

/** What becomes of the fields that go back together. */
export interface Restored extends UnitVerdict {
  /** Fields that were not there then, and stay: sentences. */
  staying: readonly string[]
}

/**
 * The newest version of a unit's file in which a member held a value, the digests of the unit beside it where they ever
 * stood together.
 */
export function versionWith(
  members: readonly VersionField[],
  member: VersionField,
  value: string,
  history: History,
): PastVersion | undefined {
  const digests = members.filter(({ kind }) => kind === 'digest')
  let newest: PastVersion | undefined
  for (const version of history.before(member.file)) {
    if (!version.held(member, value)) continue
    if (digests.every((digest) => version.field(digest))) return version
    newest ??= version
  }
  return newest
}

/** Takes a unit back to what its members were in an older version of their file. */
export function restoreUnit(members: readonly VersionField[], version: PastVersion): Restored {
  const pairs = members.flatMap((target) => {
    const source = version.field(target)
    return source && source.value !== '' ? [{ source, target }] : []
  })
  const [verdict] = judgeUnits({ pairs, sourceOnly: [], targetOnly: [] }, (then) => then.value)
  const added = members.filter((member) => !pairs.some(({ target }) => target === member))
  const { unit } = members[0] as VersionField
  if (!verdict || verdict.is === 'equal') return { unit, is: 'equal', moves: [], staying: [] }
  const apart =
    members.some(({ kind }) => kind === 'digest') && added.find(({ kind }) => kind === 'tag' || kind === 'digest')
  if (apart && verdict.is === 'move') {
    const value = verdict.moves[0]?.value ?? ''
    const reason = `${apart.file}:${apart.line} has a ${apart.kind}, and ${shown(value)} stood without one; they would not belong together. Revert ${version.commit.slice(0, 7)} with git instead.`
    return { ...verdict, is: 'blocked', reason, staying: [] }
  }
  return { ...verdict, staying: added.map(({ file, line }) => `${file}:${line} was not there then, and stays.`) }
}
