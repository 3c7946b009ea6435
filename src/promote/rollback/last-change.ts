import type { VersionField } from '../../image/field.ts'
import type { History, Standing } from '../history.ts'

/** The newest commit that replaced versions by others, and what they were before it. */
export interface LastChange extends Pick<Standing, 'commit' | 'time' | 'order'> {
  before: ReadonlyMap<VersionField, string>
}

/** The last change of these fields; `undefined` where each holds the only version that it ever had. */
export function lastChange(fields: readonly VersionField[], history: History): LastChange | undefined {
  let last: (Omit<LastChange, 'before'> & { before: Map<VersionField, string> }) | undefined
  for (const field of fields) {
    const change = changeOf(field, history, last?.order ?? Number.POSITIVE_INFINITY)
    if (!change) continue
    const { old, ...commit } = change
    if (last?.order !== change.order) last = { ...commit, before: new Map() }
    last.before.set(field, old)
  }
  return last
}

/**
 * The commit that gave a field its value, and the value before; a time without the field or its file counts for nothing.
 *
 * @param oldest what is older than this is not asked for.
 */
function changeOf(field: VersionField, history: History, oldest: number) {
  let arrival: Pick<LastChange, 'commit' | 'time' | 'order'> | undefined
  for (const version of history.before(field.file)) {
    if (!arrival && version.order > oldest) return undefined
    if (version.held(field, field.value)) {
      arrival = undefined
      continue
    }
    const { commit, time, order } = version
    arrival ??= { commit, time, order }
    const old = version.field(field)?.value
    if (old) return { ...arrival, old }
  }
  return undefined
}
