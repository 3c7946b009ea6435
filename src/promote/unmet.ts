import type { Config } from '../config/schema.ts'
import { nearest } from '../kubernetes/nearest.ts'
import { UsageError } from '../report/failure.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * Refuses a layout that fits nothing: every environment would have what its source has, for neither has anything.
 *
 * @throws UsageError
 */
export function refuseEmpty({ layout, applications }: Pick<Snapshot, 'layout' | 'applications'>): void {
  if (applications.size > 0) return
  const where = layout.layout ? `layout ${JSON.stringify(layout.layout.text)}` : 'path of an environment'
  throw new UsageError(`No application was found: no file with a version can lie where the ${where} says; correct it.`)
}

/** What the configuration names and the tree does not have, most likely by a typo: sentences. */
export function unmet(
  { layout, applications }: Pick<Snapshot, 'layout' | 'applications'>,
  { hold }: Pick<Config, 'hold'>,
): string[] {
  const deployed = new Set([...applications.values()].flatMap((environments) => [...environments.keys()]))
  const empty = [...layout.environments.keys()].filter((name) => !deployed.has(name))
  const strange = new Set(hold.map(({ app }) => app).filter((app) => app !== '*' && !applications.has(app)))
  return [
    ...empty.map((name) => `No application was found in the environment ${JSON.stringify(name)}.`),
    ...[...strange].map((app) => {
      const close = nearest(app, [...applications.keys()])
      return `hold names ${JSON.stringify(app)}, and there is no such application${close ? `; did you mean ${close}?` : '.'}`
    }),
  ]
}
