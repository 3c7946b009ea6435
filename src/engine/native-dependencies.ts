import { join } from 'node:path'
import { DEFAULT_YAML_LIMITS } from '../yaml/limits.ts'
import { readYaml } from '../yaml/read.ts'
import type { EngineFailure } from './engines.ts'
import { refusedDependency } from './native-address.ts'
import type { NativeSession } from './native-session.ts'

interface Dependency {
  name: string
  repository: unknown
}

/**
 * Puts what a chart depends on and lacks under its `charts/`, in the temporary copy. `helm dependency build` trusts
 * the lock file, so that is held to the same addresses as the chart; and it knows only repositories that were added.
 *
 * @param addRepository adds a chart repository by its address.
 */
export async function buildDependencies(
  chart: string,
  session: NativeSession,
  addRepository: (address: string) => Promise<EngineFailure | undefined>,
): Promise<EngineFailure | undefined> {
  const { files, place } = session
  const wanted = ['Chart.yaml', 'requirements.yaml'].flatMap((name) => dependenciesIn(files, join(chart, name)))
  const locked = ['Chart.lock', 'requirements.lock'].flatMap((name) => dependenciesIn(files, join(chart, name)))
  if (wanted.every(({ name }) => isVendored(files, chart, name))) return undefined

  const all = [...wanted, ...locked]
  for (const { name, repository } of all) {
    // A chart in charts/ may do without.
    const refused = repository === undefined || repository === '' ? undefined : refusedDependency(repository, chart)
    if (refused !== undefined) {
      return {
        ok: false,
        reason: 'failed',
        message: `The dependency ${name} is not fetched: ${refused}.`,
        warnings: [],
      }
    }
  }
  for (const address of new Set(all.map(({ repository }) => String(repository)))) {
    const failed = /^https?:/i.test(address) ? await addRepository(address) : undefined
    if (failed) return failed
  }
  const args = ['dependency', 'build', '--skip-refresh', '--', join(place.tree, chart)]
  const built = await session.run(`helm dependency build ${chart}`, await session.use('helm'), args)
  return built.ok ? undefined : built
}

/** Adds each chart repository once, one after the other, under names of our own. */
export function repositoryAdder(session: NativeSession): (address: string) => Promise<EngineFailure | undefined> {
  const added = new Map<string, Promise<EngineFailure | undefined>>()
  let last: Promise<unknown> = Promise.resolve()
  return (address) => {
    const known = added.get(address)
    if (known) return known
    const name = `repository-${added.size + 1}`
    const adding = last.then(async () => {
      const args = ['repo', 'add', '--', name, address]
      const printed = await session.run(`helm repo add ${address}`, await session.use('helm'), args)
      return printed.ok ? undefined : printed
    })
    added.set(address, adding)
    last = adding
    return adding
  }
}

function dependenciesIn(files: ReadonlyMap<string, Uint8Array>, file: string): Dependency[] {
  const bytes = files.get(file)
  if (!bytes) return []
  const value: unknown = readYaml(new TextDecoder().decode(bytes), DEFAULT_YAML_LIMITS).documents[0]?.value
  const listed: unknown = typeof value === 'object' && value !== null && 'dependencies' in value && value.dependencies
  return (Array.isArray(listed) ? listed : []).flatMap((each: unknown) =>
    typeof each === 'object' && each !== null && 'name' in each
      ? [{ name: String(each.name), repository: 'repository' in each ? each.repository : undefined }]
      : [],
  )
}

function isVendored(files: ReadonlyMap<string, Uint8Array>, chart: string, name: string): boolean {
  const folder = join(chart, 'charts', name)
  return [...files.keys()].some((path) => path.startsWith(`${folder}/`) || isArchive(path, folder))
}

function isArchive(path: string, folder: string): boolean {
  return path.startsWith(`${folder}-`) && path.endsWith('.tgz')
}
