import { compareVersions, groupOf, versionOf } from './api-version.ts'
import { readCatalogFile } from './catalog-file.ts'
import { type CatalogModel, createSchemas } from './catalog-schema.ts'
import type { ServedKind } from './schema.ts'

/** The kinds of operators that most clusters have: Flux, Argo CD, cert-manager and others, each as of one release. */
export interface CustomCatalog {
  find(apiVersion: string, kind: string): ServedKind | undefined
  groupKnown(group: string): boolean
  /** The apiVersions that serve a kind of a group, the preferred one first. */
  versionsOf(group: string, kind: string): readonly string[]
  kinds(): { apiVersion: string; kind: string }[]
}

/** As `generators/catalog` writes it: a kind's model is named by its position in `models`. */
interface CustomFile {
  kinds: Record<string, Record<string, [model: string, cluster?: 1]>>
  models: CatalogModel[]
}

/** Opens the catalog of custom kinds. Schemas are made as they are asked for, and shared. */
export function openCustomCatalog(): CustomCatalog {
  const file = readCatalogFile('custom') as CustomFile
  const kinds = new Map(
    Object.entries(file.kinds).map(([apiVersion, all]) => [apiVersion, new Map(Object.entries(all))]),
  )
  const groups = new Set([...kinds.keys()].map(groupOf))
  const schemaOf = createSchemas((position) => file.models[Number(position)])

  return {
    find(apiVersion, kind) {
      const entry = kinds.get(apiVersion)?.get(kind)
      if (!entry) return undefined
      const [model, cluster] = entry
      return { schema: schemaOf(model), scope: cluster ? 'Cluster' : 'Namespaced' }
    },
    groupKnown: (group) => groups.has(group),
    versionsOf: (group, kind) =>
      [...kinds.keys()]
        .filter((apiVersion) => groupOf(apiVersion) === group && kinds.get(apiVersion)?.has(kind))
        .sort((a, b) => compareVersions(versionOf(a), versionOf(b))),
    kinds: () => [...kinds].flatMap(([apiVersion, all]) => [...all.keys()].map((kind) => ({ apiVersion, kind }))),
  }
}
