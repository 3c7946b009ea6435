import { mapByLayout } from '../config/layout-map.ts'
import type { Config } from '../config/schema.ts'
import { UsageError } from '../report/failure.ts'
import { nearest } from '../report/nearest.ts'
import type { Base } from './base.ts'
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
  { layout, applications, tree }: Pick<Base, 'layout' | 'applications' | 'tree'>,
  { hold }: Pick<Config, 'hold'>,
): string[] {
  const deployed = new Set([...applications.values()].flatMap((environments) => [...environments.keys()]))
  const empty = [...layout.environments.keys()].filter((name) => !deployed.has(name))
  const strange = new Set(hold.map(({ app }) => app).filter((app) => app !== '*' && !applications.has(app)))
  return [
    ...empty.map((name) => {
      const close = misspelt(name, layout, tree)
      const cure = close === undefined ? '.' : `; did you mean ${close}?`
      return `No application was found in the environment ${JSON.stringify(name)}${cure}`
    }),
    ...[...strange].map((app) => {
      const close = nearest(app, [...applications.keys()])
      return `hold names ${JSON.stringify(app)}, and there is no such application${close ? `; did you mean ${close}?` : '.'}`
    }),
  ]
}

/** What the tree calls an environment that nothing was found of, where the configuration has no such name. */
function misspelt(name: string, { layout, environments }: Base['layout'], tree: Base['tree']): string | undefined {
  if (!layout) return undefined
  const { applicationAt } = mapByLayout({ layout, environments: undefined })
  const there = new Set(tree.paths.flatMap((path) => applicationAt(path)?.environment ?? []))
  const unused = [...there].filter((each) => !environments.has(each))
  return unused.find((each) => each.toLowerCase() === name.toLowerCase()) ?? nearest(name, unused)
}
