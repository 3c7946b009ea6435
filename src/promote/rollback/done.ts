import type { VersionField } from '../../image/field.ts'
import type { Plan } from '../plan.ts'

/** Whether the fields hold what a plan wanted them to hold: its rollback was merged meanwhile. */
export function isRestored({ promotions }: Pick<Plan, 'promotions'>, fields: readonly VersionField[]): boolean {
  const wanted = promotions.filter(({ status }) => status === 'open').flatMap(({ changes }) => changes)
  if (wanted.length === 0) return false
  const values = new Map(fields.map((field) => [nameOf(field), field.value]))
  return wanted.every((change) => values.get(nameOf(change.target)) === change.new)
}

function nameOf({ file, document, path, kind }: VersionField): string {
  return JSON.stringify([file, document, path, kind])
}
