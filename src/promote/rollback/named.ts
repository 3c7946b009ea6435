import type { VersionField } from '../../image/field.ts'
import type { History } from '../history.ts'
import { type Restored, restoreUnit, versionWith } from './unit.ts'

/** Takes every unit that ever held a version back to it; nothing where it never stood. */
export function restoreNamed(
  units: readonly (readonly VersionField[])[],
  version: string,
  history: History,
): Restored[] {
  return units.flatMap((members): Restored[] => {
    const [{ unit }] = members as [VersionField]
    if (members.some(({ value }) => value === version)) return [{ unit, is: 'equal', moves: [], staying: [] }]
    for (const member of members) {
      const then = versionWith(members, member, version, history)
      if (then) return [restoreUnit(members, then)]
    }
    return []
  })
}
