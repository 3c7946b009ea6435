import { parseLayout } from '../config/layout.ts'
import { matchLayout } from '../config/layout-match.ts'
import type { Config } from '../config/schema.ts'
import { isWithin } from '../repository/path.ts'
import type { PathEnvironment } from './destination.ts'

/** Names that say by themselves that a folder is one environment among others. */
const USUAL =
  /^(?:dev|development|int|integration|test|testing|qa|uat|stage|staging|preprod|pre-production|prod|production|live|sandbox)(?:[-_.][\w.-]+)?$/i

/**
 * Which environment a path belongs to: by `path` and `layout` of the configuration, else by a folder with one of the
 * usual names, so that the same object in staging and in prod is not taken for a duplicate.
 */
export function environmentFinder(config: Config): (path: string) => PathEnvironment | undefined {
  const environments = Object.entries(config.environments ?? {})
  const layout = config.layout === undefined ? undefined : parseLayout(config.layout)
  return (path) => {
    for (const [name, environment] of environments) {
      if (environment?.path !== undefined && isWithin(path, environment.path)) return described(name, environment)
    }
    const matched = layout?.ok ? matchLayout(layout.value, path)?.env : undefined
    if (matched !== undefined) return described(matched, config.environments?.[matched])
    if (config.layout !== undefined) return undefined
    const usual = path.split('/').find((folder) => USUAL.test(folder))
    return usual === undefined ? undefined : described(usual, config.environments?.[usual])
  }
}

function described(
  name: string,
  environment: NonNullable<Config['environments']>[string] | undefined,
): PathEnvironment {
  return { name, cluster: environment?.cluster, kubernetes: environment?.kubernetes }
}
