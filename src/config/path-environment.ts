import { mapByLayout } from './layout-map.ts'
import type { Config } from './schema.ts'

/** What the configuration says about a path: the environment it belongs to. */
export interface PathEnvironment {
  name: string
  /** Nobody has said so: a folder's name looks like one. */
  guessed?: true
  cluster?: string
  /** The Kubernetes version of the environment. */
  kubernetes?: string
}

/** Names that say by themselves that a folder is one environment among others. */
const USUAL =
  /^(?:dev|development|int|integration|test|testing|qa|uat|stage|staging|preprod|pre-production|prod|production|live|sandbox)(?:[-_.][\w.-]+)?$/i

/**
 * Which environment a path belongs to: by `path` and `layout` of the configuration, else by a folder with one of the
 * usual names, so that the same object in staging and in prod is not taken for a duplicate.
 */
export function environmentFinder(config: Config): (path: string) => PathEnvironment | undefined {
  const environments = config.environments ?? new Map()
  const { environmentAt } = mapByLayout(config)
  const usualAt = (path: string) =>
    config.layout ? undefined : path.split('/').find((folder) => environments.has(folder) || USUAL.test(folder))
  return (path) => {
    const said = environmentAt(path)
    const name = said ?? usualAt(path)
    if (name === undefined) return undefined
    const environment = environments.get(name)
    const guessed = said === undefined && environment === undefined ? { guessed: true as const } : {}
    return { name, ...guessed, cluster: environment?.cluster, kubernetes: environment?.kubernetes }
  }
}
