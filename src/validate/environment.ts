import { matchLayout } from '../config/layout-match.ts'
import type { Config } from '../config/schema.ts'
import type { PathEnvironment } from './destination.ts'

/** Names that say by themselves that a folder is one environment among others. */
const USUAL =
  /^(?:dev|development|int|integration|test|testing|qa|uat|stage|staging|preprod|pre-production|prod|production|live|sandbox)(?:[-_.][\w.-]+)?$/i

/**
 * Which environment a path belongs to: by `path` and `layout` of the configuration, else by a folder with one of the
 * usual names, so that the same object in staging and in prod is not taken for a duplicate.
 */
export function environmentFinder(config: Config): (path: string) => PathEnvironment | undefined {
  const environments = new Map([...(config.environments ?? [])])
  const known = environments.size > 0 ? new Set(environments.keys()) : undefined
  const templates = [...environments].flatMap(([name, environment]) =>
    environment?.path ? [{ name, layout: environment.path }] : [],
  )
  return (path) => {
    const named = templates.find(({ layout }) => matchLayout(layout, path) !== undefined)?.name
    const matched = named ?? (config.layout && matchLayout(config.layout, path, known)?.env)
    const usual = config.layout ? undefined : path.split('/').find((folder) => known?.has(folder) || USUAL.test(folder))
    const name = matched ?? usual
    const environment = name === undefined ? undefined : environments.get(name)
    return name === undefined ? undefined : { name, cluster: environment?.cluster, kubernetes: environment?.kubernetes }
  }
}
