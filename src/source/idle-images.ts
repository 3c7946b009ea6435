import { splitReference } from '../image/reference.ts'
import { isRecord } from '../kubernetes/resource.ts'
import { nearest } from '../report/nearest.ts'
import type { Scan } from './graph.ts'
import { type Kustomization, placeOf } from './kustomization.ts'
import { fieldOf, listOf } from './kustomization-entries.ts'

/** Takes the resources that one source renders to, one by one. */
export interface ImageWatch {
  see(resource: unknown): void
  /** All of them were seen. */
  end(): void
}

/**
 * Collects, from what kustomizations render to, the entries of `images` that match nothing: kustomize passes over them
 * in silence. An entry counts as idle only where it is certain, in every source that its kustomization is part of.
 */
export class IdleImages {
  readonly #entries = new Map<string, { sentence: string; isUsed: boolean }>()

  /** `undefined` where the source has no entry that can be told about. */
  watch(scan: Scan): ImageWatch | undefined {
    const asking = scan.kustomizations.filter((each) => isTelling(each, scan))
    if (asking.length === 0) return undefined
    const names = new Set<string>()
    return {
      see: (resource) => collectNames(resource, names),
      end: () => this.#judge(asking, names, renames(scan)),
    }
  }

  /** A sentence for each idle entry, in the order of their places. */
  sentences(): string[] {
    const idle = [...this.#entries].filter(([, { isUsed }]) => !isUsed)
    return idle.sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, { sentence }]) => sentence)
  }

  #judge(asking: readonly Kustomization[], names: ReadonlySet<string>, renamed: Renames): void {
    for (const kustomization of asking) {
      for (const [index, entry] of listOf(kustomization.fields.images).entries()) {
        const name = fieldOf(entry, 'name')
        if (typeof name !== 'string' || !isPlainName(name)) continue
        const { file, line, column } = placeOf(kustomization, ['images', index, 'name'])
        const place = `${file}:${line}:${column}`
        if (this.#entries.get(place)?.isUsed) continue
        const isUsed = resultsOf(name, renamed).some((each) => names.has(each))
        this.#entries.set(place, { sentence: `${place} ${idleness(name, names)}`, isUsed })
      }
    }
  }
}

function idleness(name: string, names: ReadonlySet<string>): string {
  const close = [...names].find((each) => lastOf(each) === lastOf(name)) ?? nearest(name, names)
  const cure = close ? `did you mean ${close}?` : 'correct the name, or remove the entry.'
  return `names the image ${name}, which nothing there uses, so the entry changes nothing; ${cure}`
}

/** The same image of another registry is what was meant most often. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

/** kustomize reads a name as a regular expression. */
function isPlainName(name: string): boolean {
  return /^[\w./:-]+$/.test(name) && splitReference(name).name === name
}

/**
 * Whether what is rendered still shows what the entries of a kustomization matched: nothing after them, of its own or
 * of those that build on it, sets images by other means. A Component's entries are for whichever user has the image.
 */
function isTelling(kustomization: Kustomization, { root, kustomizations }: Scan): boolean {
  const { fields, isComponent } = kustomization
  if (isComponent || listOf(fields.images).length === 0) return false
  if (kustomizations.some((each) => hasAny(each, CONFIGURING))) return false
  if (hasAny(kustomization, AFTER_IMAGES)) return false
  return kustomization === root || !kustomizations.some((each) => each !== kustomization && hasAny(each, CHANGING))
}

/** What makes kustomize look for images in other fields. */
const CONFIGURING = ['configurations', 'crds', 'openapi']
const AFTER_IMAGES = ['replacements', 'transformers', 'vars']
const CHANGING = [...AFTER_IMAGES, 'patches', 'patchesStrategicMerge', 'patchesJson6902', 'components']

function hasAny({ fields }: Kustomization, names: readonly string[]): boolean {
  return names.some((name) => fields[name] !== undefined)
}

type Renames = ReadonlyMap<string, ReadonlySet<string>>

/** What the entries of all kustomizations of a source make of a name. */
function renames({ kustomizations }: Scan): Renames {
  const renamed = new Map<string, Set<string>>()
  for (const entry of kustomizations.flatMap(({ fields }) => listOf(fields.images))) {
    const [name, newName] = [fieldOf(entry, 'name'), fieldOf(entry, 'newName')]
    if (typeof name !== 'string' || typeof newName !== 'string' || newName === '') continue
    renamed.set(name, (renamed.get(name) ?? new Set()).add(newName))
  }
  return renamed
}

/** A name and all that may have become of it; a Set's loop meets what is added to it on the way. */
function resultsOf(name: string, renamed: Renames): string[] {
  const results = new Set([name])
  for (const result of results) for (const next of renamed.get(result) ?? []) results.add(next)
  return [...results]
}

/** The names of all images below a value: whatever stands at a key `image`. */
function collectNames(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectNames(item, names)
  if (!isRecord(value)) return
  for (const [key, child] of Object.entries(value)) {
    if (key === 'image' && typeof child === 'string') names.add(splitReference(child).name)
    else if (typeof child === 'object') collectNames(child, names)
  }
}
