import { nearest } from '../report/nearest.ts'
import type { ApiLifecycle } from './api-lifecycle.ts'
import { compareVersions, groupOf, versionOf } from './api-version.ts'
import type { Catalog } from './catalog.ts'
import type { CustomCatalog } from './catalog-custom.ts'
import type { Schema, ServedKind } from './schema.ts'

/** A kind that a CRD of the repository, or of rendered output, defines. */
export interface DefinedKind extends ServedKind {
  apiVersion: string
  kind: string
  /** Whether the API server answers for this version. */
  served: boolean
  deprecated: boolean
  deprecationWarning?: string
  /** Set where its CRD states no schema. */
  schemaless?: true
}

/** What is known of a kind at one Kubernetes minor. */
export type Resolution =
  /** `bundled`: by the catalog of operators' kinds, which is of one release each. */
  | { is: 'served'; schema: Schema; bundled?: true; deprecation?: string }
  /** Another minor served it, or an older one did: `api/removed`. */
  | { is: 'removed'; message: string; help?: string }
  /** Its group is known and has no such kind or version: `manifest/kind`. */
  | { is: 'unknown'; field: 'apiVersion' | 'kind'; message: string; help?: string }
  /** Nothing is known of it: `schema/unvalidated`. `meant`: the apiVersion that a slip of the pen away has the kind. */
  | { is: 'unvalidated'; reason: string; meant?: string }

export interface KnownApis {
  catalog: Catalog
  /** The kinds people install by CRD, bundled; opened only when asked. */
  custom(): Pick<CustomCatalog, 'find' | 'kinds'>
  lifecycle(apiVersion: string, kind: string): ApiLifecycle | undefined
}

/**
 * Says of a kind which schema judges it, or why none does. Kubernetes' own groups come first, so that no CRD of a pull
 * request can pose as one of them; then the repository's CRDs, then the bundled ones.
 */
export function resolveKind(
  apis: KnownApis,
  defined: ReadonlyMap<string, DefinedKind>,
  minor: string,
  apiVersion: string,
  kind: string,
): Resolution {
  const builtIn = apis.catalog.find(minor, apiVersion, kind)
  if (builtIn) return { is: 'served', schema: builtIn.schema }
  const own = defined.get(`${apiVersion}/${kind}`)
  if (own) return ownKind(own)
  if (apis.catalog.groupKnown(groupOf(apiVersion))) return notServed(apis, minor, apiVersion, kind)
  const bundled = apis.custom().find(apiVersion, kind)
  if (bundled) return { is: 'served', schema: bundled.schema, bundled: true }
  const known = [...apis.catalog.kinds(minor), ...defined.values(), ...apis.custom().kinds()]
  const meant = nearestApiVersion(known, apiVersion, kind)
  return { is: 'unvalidated', reason: 'no schema known', ...(meant && { meant }) }
}

function ownKind(own: DefinedKind): Resolution {
  const { apiVersion, kind, schema, served, deprecated, deprecationWarning } = own
  if (!served) return { is: 'removed', message: `${apiVersion} ${kind} is not served: its CRD says served: false.` }
  if (own.schemaless) return { is: 'unvalidated', reason: 'its CRD states no schema' }
  if (!deprecated) return { is: 'served', schema }
  return { is: 'served', schema, deprecation: deprecationWarning ?? `${apiVersion} ${kind} is deprecated by its CRD.` }
}

function notServed(apis: KnownApis, minor: string, apiVersion: string, kind: string): Resolution {
  const { catalog } = apis
  const lifecycle = apis.lifecycle(apiVersion, kind)
  const served = catalog.minorsServing(apiVersion, kind)
  const versions = catalog.versionsOf(minor, groupOf(apiVersion), kind)
  const replacement = lifecycle?.replacement ?? versions[0]
  const help = replacement && `Use ${replacement}.`
  if (served.length > 0 || lifecycle?.removedIn) {
    return { is: 'removed', message: absence(apiVersion, kind, minor, served, lifecycle), ...(help && { help }) }
  }
  if (versions.length > 0) {
    return {
      is: 'unknown',
      field: 'apiVersion',
      message: `Kubernetes has no ${apiVersion} ${kind}.`,
      ...(help && { help }),
    }
  }
  const close = nearestKind(catalog, minor, apiVersion, kind)
  return {
    is: 'unknown',
    field: 'kind',
    message: `Kubernetes ${minor} has no kind ${kind} in ${apiVersion}.`,
    ...(close && { help: `Did you mean ${close}?` }),
  }
}

function absence(
  apiVersion: string,
  kind: string,
  minor: string,
  served: readonly string[],
  lifecycle: ApiLifecycle | undefined,
): string {
  const first = served[0]
  if (first !== undefined && Number(first.split('.')[1]) > Number(minor.split('.')[1])) {
    return `${apiVersion} ${kind} is not served by Kubernetes ${minor}; it came with ${first}.`
  }
  const removed = lifecycle?.removedIn ? ` since ${lifecycle.removedIn}` : ''
  return `${apiVersion} ${kind} is not served by Kubernetes ${minor}: it has been removed${removed}.`
}

/** The same kind elsewhere, else a kind with nearly this name. */
function nearestKind(catalog: Catalog, minor: string, apiVersion: string, kind: string): string | undefined {
  const kinds = [...catalog.kinds(minor)]
  const elsewhere = kinds.find((each) => each.kind === kind)
  if (elsewhere) return `${elsewhere.apiVersion} ${kind}`
  const inVersion = kinds.filter((each) => each.apiVersion === apiVersion).map((each) => each.kind)
  return (
    nearest(kind, inVersion) ??
    nearest(
      kind,
      kinds.map((each) => each.kind),
    )
  )
}

/** Where a group of nearly this name has the kind: in this version, else in the preferred one of those that are served. */
function nearestApiVersion(kinds: readonly Named[], apiVersion: string, kind: string): string | undefined {
  const serving = kinds.filter((each) => each.kind === kind).map((each) => each.apiVersion)
  const written = groupOf(apiVersion)
  const groups = [...new Set(serving.map(groupOf))]
  const group = groups.find((each) => isShortFor(written, each)) ?? nearest(written, groups.filter(Boolean))
  if (group === undefined) return undefined
  const versions = serving.filter((each) => groupOf(each) === group).map(versionOf)
  const version = versions.includes(versionOf(apiVersion)) ? versionOf(apiVersion) : versions.sort(compareVersions)[0]
  return group === '' ? version : `${group}/${version}`
}

type Named = Pick<DefinedKind, 'apiVersion' | 'kind'>

/** `networking` for `networking.k8s.io`, and the other way round; the core group has no name, and `core` is none. */
function isShortFor(written: string, group: string): boolean {
  return group === '' ? written === 'core' : written.replace(/\.k8s\.io$/, '') === group.replace(/\.k8s\.io$/, '')
}
