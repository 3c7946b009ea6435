import type { HoldReason } from '../../config/hold.ts'
import { chartFolders, isCandidate } from '../../image/candidate.ts'
import type { Promotable, VersionField } from '../../image/field.ts'
import { isWithin } from '../../repository/path.ts'
import type { YamlLimits } from '../../yaml/limits.ts'
import type { Base } from '../base.ts'
import type { FieldsByFile } from '../history.ts'
import { readVersions } from '../versions.ts'
import type { RollbackRequest } from './request.ts'

/** A bad chart version is rolled back, too, although only images are promoted. */
const ALL: readonly Promotable[] = ['images', 'charts', 'refs']

/** What of an application in an environment can be rolled back. */
export interface Standings {
  fields: readonly VersionField[]
  holds: ReadonlyMap<VersionField, HoldReason>
}

/** Every version field of an application in an environment, whatever the configuration promotes. */
export function readStandings(
  { tree, layout, applications }: Pick<Base, 'tree' | 'layout' | 'applications'>,
  { app, environment }: RollbackRequest,
  limits: YamlLimits,
): Standings {
  const roots = applications.get(app)?.get(environment)?.roots ?? []
  const charts = chartFolders(tree.paths)
  const files = tree.paths
    .filter((path) => roots.some((root) => isWithin(path, root)) && isCandidate(path, charts))
    .filter((path) => {
      const place = layout.applicationAt(path)
      return place !== undefined && roots.includes(place.root)
    })
    .map((path) => readVersions(path, tree.read(path), ALL, limits))
  return { fields: files.flatMap(({ fields }) => fields), holds: new Map(files.flatMap(({ holds }) => holds)) }
}

export function byFile(fields: readonly VersionField[]): FieldsByFile {
  return new Map(fields.map(({ file }) => [file, fields.filter((field) => field.file === file)]))
}

/** The fields that move together, the one that names the version first. */
export function byUnit(fields: readonly VersionField[]): VersionField[][] {
  const units = new Map<string, VersionField[]>()
  for (const field of fields) units.set(field.unit, [...(units.get(field.unit) ?? []), field])
  return [...units.values()].map((members) => [
    ...members.filter(({ kind }) => kind !== 'digest'),
    ...members.filter(({ kind }) => kind === 'digest'),
  ])
}
