import type { Promotable, VersionField } from '../image/field.ts'
import { matchFields } from '../image/identity.ts'
import { Refusal } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { type Blobs, readBlobs } from './blobs.ts'
import { type FileChange, parseLog } from './log.ts'
import { readVersions } from './versions.ts'

/** The commit of the base branch's first-parent history that gave a field its value. */
export interface Standing {
  commit: string
  /** Committer date, in milliseconds. */
  time: number
  /** Smaller is newer. */
  order: number
  /** The field, or its file, came into being with it. */
  created: boolean
}

/** What a file was until a commit of the base branch's first-parent history replaced it. */
export interface PastVersion extends Omit<Standing, 'created'> {
  /** A field of the tip as it was then; `undefined` where the file did not have it. */
  field(now: VersionField): VersionField | undefined
  /** Whether a field of the tip held this value. Cheaper than `field` where it did not. */
  held(now: VersionField, value: string): boolean
}

/** What the history of the base branch says of the fields at its tip. */
export interface History {
  /** Since when a field holds what it holds; `undefined` where its file was not asked for. */
  since(field: VersionField): Standing | undefined
  /** Whether a field holds this value, or ever did. */
  stood(field: VersionField, value: string): boolean
  /** What a file was before each of its changes, newest first and read one by one; nothing where it was not asked for. */
  before(file: string): Iterable<PastVersion>
}

/** The fields to know the past of, by file: all fields of these files. */
export type FieldsByFile = ReadonlyMap<string, readonly VersionField[]>

const ALL: readonly Promotable[] = ['images', 'charts', 'refs']

/**
 * Reads the past of some files in one `git log` and one `cat-file`, whatever their number. The log is of all files: to Git
 * that is less work than many paths, and a file that came from elsewhere is followed. Versions are looked for only in the
 * blobs that hold the text in question; only exact renames are followed, for which Git need not read any.
 *
 * @throws Refusal in a shallow clone, whose history would lie.
 */
export async function readHistory(git: Git, commit: string, files: FieldsByFile, limits: YamlLimits): Promise<History> {
  if (files.size === 0) {
    return { since: () => undefined, stood: (field, value) => field.value === value, before: () => [] }
  }
  await refuseShallow(git)
  const log = await git([
    ...['log', '--first-parent', '-m', '--root', '--raw', '-z', '--no-abbrev', '--find-renames=100%', '--no-color'],
    ...['--no-ext-diff', '--no-textconv', '--ignore-submodules=all', '--no-show-signature', '--format=%H %ct'],
    ...['--end-of-options', commit, '--'],
  ])
  const changes = parseLog(log, files.keys())
  const ids = [...changes.values()].flatMap((list) => list.flatMap(({ before, after }) => [before?.blob, after?.blob]))
  const blobs = await readBlobs(
    git,
    ids.filter((id) => id !== undefined),
  )
  return new Past(changes, blobs, files, limits)
}

/** A clone of depth 1 makes every target look ahead of its source. */
async function refuseShallow(git: Git): Promise<void> {
  const answer = await git(['rev-parse', '--is-shallow-repository'])
  if (answer.toString('utf8').trim() !== 'true') return
  throw new Refusal(
    'This clone is shallow, so nobody can say since when a version stands or whether it was rolled back; check out with fetch-depth: 0.',
  )
}

class Past implements History {
  readonly #changes: ReadonlyMap<string, readonly FileChange[]>
  readonly #blobs: Blobs
  readonly #files: FieldsByFile
  readonly #limits: YamlLimits
  readonly #known = new Map<string, ReadonlyMap<number, VersionField>>()

  constructor(changes: ReadonlyMap<string, FileChange[]>, blobs: Blobs, files: FieldsByFile, limits: YamlLimits) {
    this.#changes = changes
    this.#blobs = blobs
    this.#files = files
    this.#limits = limits
  }

  since(field: VersionField): Standing | undefined {
    for (const change of this.#changes.get(field.file) ?? []) {
      const before = this.#valueIn(field, change.before, field.value)
      if (before === field.value) continue
      const { commit, time, order } = change
      return { commit, time, order, created: before === undefined && !this.#existedIn(field, change.before) }
    }
    return undefined
  }

  stood(field: VersionField, value: string): boolean {
    if (field.value === value) return true
    const changes = this.#changes.get(field.file) ?? []
    return changes.some(({ before, after }) =>
      [before, after].some((version) => this.#valueIn(field, version, value) === value),
    )
  }

  *before(file: string): Iterable<PastVersion> {
    for (const { commit, time, order, before } of this.#changes.get(file) ?? []) {
      yield {
        ...{ commit, time, order },
        field: (now) => before && this.#fieldsOf(file, before).get(now.span.start),
        held: (now, value) => this.#valueIn(now, before, value) === value,
      }
    }
  }

  /** The value of a field in an older version of its file; `undefined` too where that cannot be `wanted`. */
  #valueIn(field: VersionField, version: FileChange['before'], wanted: string): string | undefined {
    const bytes = version && this.#blobs.get(version.blob)
    return bytes?.includes(wanted)
      ? this.#fieldsOf(field.file, version as Version).get(field.span.start)?.value
      : undefined
  }

  #existedIn(field: VersionField, version: FileChange['before']): boolean {
    return version !== undefined && this.#fieldsOf(field.file, version).has(field.span.start)
  }

  /** The fields of an older version, by where their heirs start in the file at the tip. */
  #fieldsOf(file: string, { path, blob }: Version): ReadonlyMap<number, VersionField> {
    const key = `${blob} ${file}`
    const known = this.#known.get(key)
    if (known) return known
    const then = readVersions(path, this.#blobs.get(blob), ALL, this.#limits).fields
    const { pairs } = matchFields(then, this.#files.get(file) ?? [], () => '')
    const fields = new Map(pairs.map(({ source, target }) => [target.span.start, source]))
    this.#known.set(key, fields)
    return fields
  }
}

type Version = NonNullable<FileChange['before']>
