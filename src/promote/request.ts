import { UsageError } from '../report/failure.ts'
import { nearest } from '../report/nearest.ts'
import type { Snapshot } from './snapshot.ts'

/** What a run is about; everything where nothing is named. */
export interface Request {
  apps?: readonly string[]
  /** Targets. */
  environments?: readonly string[]
  /** A version that a person asks for by name. */
  version?: string
  /** Whether what never had that version is blocked, not passed over. */
  insists?: boolean
}

/**
 * Refuses names that the repository does not have: a misspelt one would promote nothing, silently.
 *
 * @throws UsageError
 */
export function checkRequest({ apps = [], environments = [] }: Request, { layout, applications }: Snapshot): void {
  for (const app of apps) {
    if (!applications.has(app)) throw new UsageError(`There is no application ${unknown(app, applications.keys())}`)
  }
  for (const name of environments) {
    const environment = layout.environments.get(name)
    if (!environment) throw new UsageError(`There is no environment ${unknown(name, layout.environments.keys())}`)
    if (!environment.from) {
      throw new UsageError(`Nothing is promoted to ${name}: it has no from in .gitops.yaml.`)
    }
  }
}

function unknown(name: string, known: Iterable<string>): string {
  const names = [...known]
  const close = nearest(name, names)
  const shown = names.slice(0, 10).join(', ')
  const cure = close ? `did you mean ${close}?` : `there are ${names.length > 10 ? `${shown}, …` : shown || 'none'}.`
  return `${JSON.stringify(name)}; ${cure}`
}
