import type { VersionField } from './field.ts'
import { hasTemplate } from './fields/template.ts'
import { normalizedName } from './reference.ts'

/** Longer than any name that a registry or forge allows. */
const LONGEST = 2048

/** How a field is recognised in another environment, the strongest key first. */
export interface FieldKeys {
  /** What the version is of: an image repository, a chart, a Git repository. None where that is not told. */
  source?: string
  /** File below the environment, kind, name and path. */
  place: string
  /** The same whatever the object is named; counts where it is the only one of its kind in the file. */
  kind: string
}

/** The keys of a field; `file` is its path as it would read in any environment. */
export function fieldKeys(field: VersionField, file: string): FieldKeys {
  const source = sourceOf(field)
  const { owner, steps } = field
  return {
    ...(source !== undefined && { source: key(field.kind, source) }),
    place: key(field.kind, file, owner?.kind ?? '', owner?.name ?? '', ...steps),
    kind: key(field.kind, file, owner?.kind ?? '', ...steps),
  }
}

export interface MatchedFields {
  pairs: { source: VersionField; target: VersionField }[]
  sourceOnly: VersionField[]
  targetOnly: VersionField[]
}

/** The path of a field's file as it would read in any environment. */
export type RelativeFile = (field: VersionField) => string

/** The name of a field's object as it would read in any environment: `web-staging` is `web-prod` there. */
export type NeutralName = (field: VersionField) => string

const asWritten: NeutralName = ({ owner }) => owner?.name ?? ''

/**
 * Pairs the fields of one application in two environments. An image repository that occurs once on either side
 * decides; else file, kind, name and path do, the name as written or without its environment; else the only object of its
 * kind in a file, whatever its name.
 */
export function matchFields(
  source: readonly VersionField[],
  target: readonly VersionField[],
  relative: RelativeFile,
  neutral: NeutralName = asWritten,
): MatchedFields {
  const partners = new Map<VersionField, VersionField>()
  const taken = new Set<VersionField>()
  for (const keysOf of [bySource, byPlace, byNeutralName, byKind]) {
    const sources = unique(keysOf(source, relative, neutral), (field) => !taken.has(field))
    const targets = unique(keysOf(target, relative, neutral), (field) => !partners.has(field))
    for (const [name, field] of targets) {
      const partner = sources.get(name)
      if (!partner) continue
      partners.set(field, partner)
      taken.add(partner)
    }
  }
  return {
    pairs: target.flatMap((field) => {
      const partner = partners.get(field)
      return partner ? [{ source: partner, target: field }] : []
    }),
    sourceOnly: source.filter((field) => !taken.has(field)),
    targetOnly: target.filter((field) => !partners.has(field)),
  }
}

type Keyed = [name: string | undefined, field: VersionField][]

function bySource(side: readonly VersionField[], relative: RelativeFile): Keyed {
  return side.map((field) => [fieldKeys(field, relative(field)).source, field])
}

function byPlace(side: readonly VersionField[], relative: RelativeFile): Keyed {
  return side.map((field) => [fieldKeys(field, relative(field)).place, field])
}

function byNeutralName(side: readonly VersionField[], relative: RelativeFile, neutral: NeutralName): Keyed {
  return side.map((field) => [
    key(field.kind, relative(field), field.owner?.kind ?? '', neutral(field), ...field.steps),
    field,
  ])
}

function byKind(side: readonly VersionField[], relative: RelativeFile): Keyed {
  const names = new Map<string, Set<string>>()
  const inFile = (field: VersionField) => key(relative(field), field.owner?.kind ?? '')
  for (const field of side) {
    const known = names.get(inFile(field)) ?? new Set()
    names.set(inFile(field), known.add(field.owner?.name ?? ''))
  }
  return side.map((field) => {
    const alone = names.get(inFile(field))?.size === 1
    return [alone ? fieldKeys(field, relative(field)).kind : undefined, field]
  })
}

/** The fields whose key no other of the side has, as far as they are still free. */
function unique(keyed: Keyed, free: (field: VersionField) => boolean): Map<string, VersionField> {
  const found = new Map<string, VersionField>()
  const repeated = new Set<string>()
  for (const [name, field] of keyed) {
    if (name === undefined || !free(field)) continue
    if (found.has(name)) repeated.add(name)
    found.set(name, field)
  }
  for (const name of repeated) found.delete(name)
  return found
}

function sourceOf({ kind, image, chart, repository }: VersionField): string | undefined {
  if (kind === 'chart') return chart
  const name = image ?? repository
  if (!name || name.length > LONGEST || hasTemplate(name)) return undefined
  return image === undefined ? plainUrl(name) : normalizedName(name)
}

/** One Git repository has several spellings: with and without scheme, `.git` and a slash at the end. */
function plainUrl(url: string): string {
  return url
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/\.git(?=$|\/)/, '')
    .replace(/\/+$/, '')
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts)
}
