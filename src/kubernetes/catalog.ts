import { compareVersions, groupOf, versionOf } from './api-version.ts'
import { readCatalogFile } from './catalog-file.ts'
import { createSchemas } from './catalog-schema.ts'
import { REMOVALS } from './removals.ts'
import type { Schema, ServedKind } from './schema.ts'

/** The built-in kinds of several Kubernetes minors. Every `minor` passed in is one of `minors`. */
export interface Catalog {
  /** `X.Y`, ascending. */
  readonly minors: readonly string[]
  find(minor: string, apiVersion: string, kind: string): ServedKind | undefined
  /** Whether Kubernetes itself serves the group in any minor, or did before the first. The core group is ''. */
  groupKnown(group: string): boolean
  minorsServing(apiVersion: string, kind: string): readonly string[]
  /** The apiVersions (`apps/v1`) that serve a kind of a group, the preferred one first. */
  versionsOf(minor: string, group: string, kind: string): readonly string[]
  /** What Helm calls `.Capabilities.APIVersions`: `v1`, `apps/v1`, …, then `v1/Pod`, `apps/v1/Deployment`, … */
  apiVersions(minor: string): readonly string[]
  kinds(minor: string): Iterable<KnownKind>
}

export interface KnownKind {
  apiVersion: string
  kind: string
  scope: ServedKind['scope']
}

/** As `generators/catalog` writes it; numbers in it are positions in `minors`. */
interface CatalogFile {
  minors: string[]
  kinds: Record<string, Record<string, KindEntry>>
  models: Record<string, ModelVariant[]>
}
type KindEntry = [model: string, first: number, last: number, cluster?: 1]
/** What a model's properties became at a minor: a type, or 0 where the property went away. */
type ModelVariant = [since: number, change: Record<string, string | 0>]

interface Entry extends KnownKind {
  model: string
  first: number
  last: number
}

/** Opens the catalog of built-in kinds. Schemas are made as they are asked for, and shared. */
export function openCatalog(): Catalog {
  const file = readCatalogFile('kubernetes') as CatalogFile
  const entries = Object.entries(file.kinds).flatMap(([apiVersion, kinds]) =>
    Object.entries(kinds).map(([kind, entry]) => toEntry(apiVersion, kind, entry)),
  )
  const byName = new Map(entries.map((entry) => [nameOf(entry), entry]))
  const groups = new Set([...entries.map((entry) => entry.apiVersion), ...REMOVALS.map(([old]) => old)].map(groupOf))
  const schemas = new Map<number, (type: string) => Schema>()

  function indexOf(minor: string): number {
    const index = file.minors.indexOf(minor)
    if (index === -1) throw new Error(`Kubernetes ${minor} is not in the catalog; it holds ${file.minors.join(', ')}.`)
    return index
  }

  function served(minor: string): Entry[] {
    const index = indexOf(minor)
    return entries.filter((entry) => serves(entry, index))
  }

  function schemaAt(index: number, type: string): Schema {
    const schemaOf = schemas.get(index) ?? createSchemas((name) => modelAt(file.models[name], index))
    schemas.set(index, schemaOf)
    return schemaOf(type)
  }

  return {
    minors: file.minors,
    find(minor, apiVersion, kind) {
      const index = indexOf(minor)
      const entry = byName.get(nameOf({ apiVersion, kind }))
      if (!entry || !serves(entry, index)) return undefined
      return { schema: schemaAt(index, entry.model), scope: entry.scope }
    },
    groupKnown: (group) => groups.has(group),
    minorsServing(apiVersion, kind) {
      const entry = byName.get(nameOf({ apiVersion, kind }))
      return entry ? file.minors.slice(entry.first, entry.last + 1) : []
    },
    versionsOf: (minor, group, kind) =>
      served(minor)
        .filter((entry) => entry.kind === kind && groupOf(entry.apiVersion) === group)
        .map((entry) => entry.apiVersion)
        .sort((a, b) => compareVersions(versionOf(a), versionOf(b))),
    apiVersions(minor) {
      const kinds = served(minor)
      return [...new Set(kinds.map((entry) => entry.apiVersion)), ...kinds.map(nameOf)]
    },
    kinds: served,
  }
}

function toEntry(apiVersion: string, kind: string, [model, first, last, cluster]: KindEntry): Entry {
  return { apiVersion, kind, model, first, last, scope: cluster ? 'Cluster' : 'Namespaced' }
}

function nameOf({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  return `${apiVersion}/${kind}`
}

function serves(entry: Entry, index: number): boolean {
  return entry.first <= index && index <= entry.last
}

function modelAt(variants: ModelVariant[] | undefined, index: number): Record<string, string> | undefined {
  if (!variants) return undefined
  const changes = variants.filter(([since]) => since <= index).map(([, change]) => change)
  const properties = Object.entries(Object.assign({}, ...changes) as Record<string, string | 0>)
  return Object.fromEntries(properties.filter((property): property is [string, string] => property[1] !== 0))
}
