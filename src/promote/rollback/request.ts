import { UsageError } from '../../report/failure.ts'
import { nearest } from '../../report/nearest.ts'
import type { Snapshot } from '../snapshot.ts'

/** What a person wants rolled back. */
export interface RollbackRequest {
  app: string
  environment: string
  /** The version to go back to; that before the last change where it is not named. */
  toVersion?: string
}

/**
 * Refuses a rollback that does not say of what, or names what the repository does not have.
 *
 * @throws UsageError
 */
export function checkRollback(
  { app, environment }: Partial<RollbackRequest>,
  { layout, applications }: Pick<Snapshot, 'layout' | 'applications'>,
): void {
  if (!app) throw new UsageError('A rollback is of one application; name it with --app.')
  if (!environment) throw new UsageError('A rollback is in one environment; name it with --environment.')
  if (!layout.environments.has(environment)) {
    throw new UsageError(`There is no environment ${unknown(environment, layout.environments.keys())}`)
  }
  if (!applications.has(app)) throw new UsageError(`There is no application ${unknown(app, applications.keys())}`)
}

const MOST_NAMES = 10

function unknown(name: string, known: Iterable<string>): string {
  const names = [...known]
  const close = nearest(name, names)
  if (close) return `${JSON.stringify(name)}; did you mean ${close}?`
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return `${JSON.stringify(name)}; there are ${names.length > MOST_NAMES ? `${shown}, …` : shown || 'none'}.`
}
