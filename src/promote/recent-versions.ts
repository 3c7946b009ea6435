import type { VersionField } from '../image/field.ts'
import type { History } from './history.ts'
import { shown } from './past.ts'

const MOST_VERSIONS = 5

/** The versions that stood, the present one first, then by when they were replaced; as words of a sentence. */
export function recentVersions(units: readonly (readonly VersionField[])[], history: History): string {
  const replaced = new Map<string, number>()
  for (const [principal] of units) {
    if (!principal) continue
    const own = new Set([principal.value])
    for (const version of history.before(principal.file)) {
      const value = version.field(principal)?.value
      if (!value || own.has(value)) continue
      own.add(value)
      replaced.set(value, Math.min(version.order, replaced.get(value) ?? version.order))
      if (own.size > MOST_VERSIONS) break
    }
  }
  const past = [...replaced].sort(([, a], [, b]) => a - b).map(([value]) => value)
  const current = units.flatMap(([principal]) => principal?.value || [])
  const all = [...new Set([...current, ...past])]
  return all.slice(0, MOST_VERSIONS).map(shown).join(', ')
}
