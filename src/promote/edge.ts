import type { Sources } from '../config/environment.ts'
import type { VersionField } from '../image/field.ts'
import { type MatchedFields, matchFields } from '../image/identity.ts'
import { withoutName } from './axis.ts'
import type { FieldsByFile } from './history.ts'
import type { Request } from './request.ts'
import type { Deployed, Snapshot } from './snapshot.ts'

/** One application on its way into one environment. */
export interface Edge {
  app: string
  to: string
  need: Sources['need']
  target: Deployed | undefined
  sources: readonly { environment: string; deployed: Deployed | undefined }[]
}

/** The edges of all applications, by environment in their order, then by application. */
export function edgesOf({ layout, applications }: Snapshot, { apps, environments }: Request): Edge[] {
  return [...layout.environments].flatMap(([to, { from }]) => {
    if (!from || (environments && !environments.includes(to))) return []
    return [...applications].flatMap(([app, deployed]): Edge[] => {
      if (apps && !apps.includes(app)) return []
      const sources = from.environments.map((environment) => ({ environment, deployed: deployed.get(environment) }))
      if (!sources.some((source) => source.deployed)) return []
      return [{ app, to, need: from.need, target: deployed.get(to), sources }]
    })
  })
}

/** The fields of two environments that are the same but for their environment. Worked out once for any two. */
export function matchDeployed(source: Deployed, target: Deployed): MatchedFields {
  const others = matched.get(source) ?? new WeakMap<Deployed, MatchedFields>()
  matched.set(source, others)
  const known =
    others.get(target) ??
    matchFields(source.fields, target.fields, relativeFile(source, target), neutralName(source, target))
  others.set(target, known)
  return known
}

const matched = new WeakMap<Deployed, WeakMap<Deployed, MatchedFields>>()

export function relativeFile(...sides: readonly Deployed[]): (field: { file: string }) => string {
  return ({ file }) => sides.map(({ relative }) => relative.get(file)).find((path) => path !== undefined) ?? file
}

function neutralName(...sides: readonly Deployed[]): (field: VersionField) => string {
  return ({ file, owner }) => {
    const side = sides.find(({ relative }) => relative.has(file))
    return withoutName(owner?.name ?? '', side?.environment ?? '')
  }
}

/**
 * The files whose past decides about something: all sides of whatever differs between any two of them, or of everything
 * where a version is named.
 */
export function filesOfInterest(snapshot: Snapshot, request: Request): FieldsByFile {
  const files = new Map<string, readonly Deployed['fields'][number][]>()
  const keep = (deployed: Deployed, file: string) => {
    if (!files.has(file))
      files.set(
        file,
        deployed.fields.filter((field) => field.file === file),
      )
  }
  for (const { target, sources } of edgesOf(snapshot, request)) {
    if (!target) continue
    const pairs = sources.flatMap(({ deployed: source }) =>
      source ? matchDeployed(source, target).pairs.map((pair) => ({ ...pair, deployed: source })) : [],
    )
    const differ = pairs.filter((pair) => pair.source.value !== pair.target.value || request.version !== undefined)
    const concerned = new Set(differ.map((pair) => pair.target))
    for (const pair of pairs) {
      if (!concerned.has(pair.target)) continue
      keep(pair.deployed, pair.source.file)
      keep(target, pair.target.file)
    }
  }
  return files
}
