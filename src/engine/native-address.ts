import { resolvePath } from '../repository/path.ts'

/**
 * Why a tool must not be given an address to fetch, or `undefined`. Only the web is reached: other transports start
 * programs, read other files or use somebody's keys, and what starts with a hyphen is taken for an option.
 */
export function refusedBase(address: string): string | undefined {
  if (!/^(?:https?:\/\/|github\.com[/:])[^\s]+$/i.test(address)) return 'only addresses with https:// are fetched'
  const query = new URLSearchParams(address.slice(address.indexOf('?') + 1))
  const refs = address.includes('?') ? [...query.getAll('ref'), ...query.getAll('version')] : []
  return refs.every((ref) => /^[A-Za-z0-9_][\w./+-]*$/.test(ref)) ? undefined : 'its ref is not the name of one'
}

/** The same of a chart repository. */
export function refusedRepository(address: string): string | undefined {
  return /^(?:https?|oci):\/\/[^\s]+$/i.test(address)
    ? undefined
    : 'only chart repositories with https:// or oci:// are fetched from'
}

/**
 * The same of what `dependencies` of a chart name.
 *
 * @param chart the chart's folder: a `file://` path is relative to it.
 */
export function refusedDependency(repository: unknown, chart: string): string | undefined {
  if (typeof repository !== 'string' || repository === '') return 'it names no repository to fetch it from'
  if (!repository.startsWith('file://')) return refusedRepository(repository)
  return dependencyFolder(repository, chart) === undefined ? 'its folder lies outside the repository' : undefined
}

/** The folder of a dependency that lies in the repository itself. */
export function dependencyFolder(repository: unknown, chart: string): string | undefined {
  if (typeof repository !== 'string' || !repository.startsWith('file://')) return undefined
  return resolvePath(chart === '.' ? '' : chart, repository.slice('file://'.length))
}
