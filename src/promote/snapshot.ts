import type { HoldReason } from '../config/hold.ts'
import type { Application } from '../config/layout-map.ts'
import type { Config } from '../config/schema.ts'
import { chartFolders, isCandidate } from '../image/candidate.ts'
import type { VersionField } from '../image/field.ts'
import type { Skipped } from '../image/skipped.ts'
import { comparePaths, type Tree } from '../repository/tree.ts'
import { withoutName } from './axis.ts'
import { type FluxPolicies, leaveToFlux, readFluxPolicies } from './flux-policies.ts'
import { type Need, type PromotionLayout, readLayout } from './layout.ts'
import { caseTwins } from './twins.ts'
import { type ReadFile, readVersions } from './versions.ts'

/** One application in one environment, as its files have it. */
export interface Deployed {
  app: string
  environment: string
  /** Folders or files of the layout that make it up. */
  roots: readonly string[]
  fields: readonly VersionField[]
  /** The paths of its files as they would read in any environment. */
  relative: ReadonlyMap<string, string>
  /** The levels of the layout, `env` among them. */
  levels: ReadonlyMap<string, string>
}

/** All versions of a repository at one commit. */
export interface Snapshot {
  layout: PromotionLayout
  /** By application, then by environment. */
  applications: ReadonlyMap<string, ReadonlyMap<string, Deployed>>
  /** Fields that a comment beside them holds. */
  holds: ReadonlyMap<VersionField, HoldReason>
  /** Links in the tree, which are never followed. */
  links: readonly string[]
  /** Files that could not be read, or hold versions where the inferred layout does not reach. */
  skipped: readonly Skipped[]
  read(path: string): Uint8Array | undefined
  /** Another file whose path differs by case alone. */
  twin(path: string): string | undefined
}

/**
 * Reads the versions of every application in every environment.
 *
 * @param tree the files of the base branch's tip.
 * @param repository names an application that neither a level nor a folder of the layout names.
 * @throws UnsureLayout where the order of the environments is not certain.
 */
export function readSnapshot(tree: Tree, config: Config, repository: string, need?: Need): Snapshot {
  const files = openVersions(tree, config)
  const layout = readLayout(config, () => files.versioned(), files.candidates, need)
  const applications = new Map<string, Map<string, Building>>()
  const holds = new Map<VersionField, HoldReason>()
  const skipped: Skipped[] = []
  for (const path of files.candidates) {
    const place = layout.applicationAt(path)
    if (!place || !layout.environments.has(place.environment)) continue
    const file = files.read(path)
    skipped.push(...file.skipped)
    for (const [field, hold] of file.holds) holds.set(field, hold)
    add(applications, place, path, file, repository)
  }
  for (const file of layout.outside) {
    skipped.push({ file, reason: `It lies outside the inferred layout ${layout.layout?.text}.` })
  }
  return {
    layout,
    applications: new Map(
      [...applications]
        .sort(([a], [b]) => comparePaths(a, b))
        .map(([app, environments]) => [app, new Map([...environments].map(([name, each]) => [name, finished(each)]))]),
    ),
    holds,
    links: [...tree.skipped].filter(([, reason]) => reason === 'a link').map(([path]) => path),
    skipped: skipped.sort((a, b) => comparePaths(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0)),
    read: (path) => tree.read(path),
    twin: caseTwins(tree),
  }
}

/** The candidate files, each read when it is first asked for, and once. */
function openVersions(tree: Tree, config: Config) {
  const charts = chartFolders(tree.paths)
  const candidates = tree.paths.filter((path) => isCandidate(path, charts))
  const known = new Map<string, ReadFile>()
  const limits = config.limits.yaml
  let policies: FluxPolicies | undefined
  const policyFile: FluxPolicies = (marker) => {
    policies ??= readFluxPolicies(tree, candidates, limits)
    return policies(marker)
  }
  const read = (path: string): ReadFile => {
    const file = known.get(path) ?? withoutFlux(readVersions(path, tree.read(path), config.promote, limits), policyFile)
    known.set(path, file)
    return file
  }
  const versioned = () =>
    candidates.flatMap((path) => {
      const { fields } = read(path)
      const deploysItself = fields.some(({ place }) => place === 'argo-cd' || place === 'helm-release')
      return fields.length > 0 ? [{ path, deploysItself }] : []
    })
  return { candidates, read, versioned }
}

function withoutFlux(file: ReadFile, policyFile: FluxPolicies): ReadFile {
  if (file.fields.every(({ marker }) => marker === undefined)) return file
  const fields = new Map(file.fields.map((field) => [field, leaveToFlux(field, policyFile)]))
  return {
    ...file,
    fields: [...fields.values()],
    holds: file.holds.map(([field, hold]) => [fields.get(field) ?? field, hold]),
  }
}

interface Building extends Omit<Deployed, 'relative'> {
  roots: string[]
  fields: VersionField[]
  places: Map<string, Application>
}

function add(
  applications: Map<string, Map<string, Building>>,
  place: Application,
  path: string,
  { fields }: ReadFile,
  repository: string,
): void {
  const app = place.app ?? repository
  const environments = applications.get(app) ?? new Map<string, Building>()
  applications.set(app, environments)
  const { environment, levels, root } = place
  const building: Building = environments.get(environment) ?? {
    app,
    environment,
    levels,
    roots: [],
    fields: [],
    places: new Map(),
  }
  environments.set(environment, building)
  if (!building.roots.includes(root)) building.roots.push(root)
  building.fields.push(...fields)
  if (fields.length > 0) building.places.set(path, place)
}

/** Where `*` of the layout makes several roots, which one it is belongs to a file's place. */
function finished({ places, ...deployed }: Building): Deployed {
  const several = deployed.roots.length > 1
  const relative = new Map(
    [...places].map(([path, { root, below }]) => [
      path,
      withoutName(several ? `${root}/${below}` : below, deployed.environment),
    ]),
  )
  return { ...deployed, relative }
}
