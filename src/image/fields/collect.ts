import type { YamlLimits } from '../../yaml/limits.ts'
import type { YamlText } from '../../yaml/read.ts'
import { treeOf } from '../../yaml/tree.ts'
import type { VersionField } from '../field.ts'
import type { Skipped } from '../skipped.ts'
import { buildField } from './build.ts'
import type { Finder, Found, Inside, Subject } from './found.ts'
import type { Layer } from './layer.ts'
import { hasMarkers } from './marker.ts'
import { subjectsOf } from './subject.ts'
import { inValues } from './values.ts'
import { layerWithin } from './within.ts'

/** The version fields of a file, and what of it could not be looked into. */
export interface FoundFields {
  fields: VersionField[]
  skipped: Skipped[]
}

/** Runs the finders over all documents of a file, and over the YAML that its block scalars hold. */
export function collect(
  file: { path: string; yaml: YamlText },
  finders: readonly Finder[],
  limits: YamlLimits,
): FoundFields {
  const result: FoundFields = { fields: [], skipped: [] }
  const { positions } = file.yaml

  function inLayer(layer: Layer, finders: readonly Finder[]): void {
    layer.yaml.documents.forEach((document, index) => {
      if (document.empty || document.value === undefined) return
      const tree = treeOf(layer.yaml, document)
      const here = layer.depth === 0 ? { ...layer, document: index } : layer
      for (const subject of subjectsOf(file.path, tree)) inSubject(subject, here, finders)
    })
  }

  function inSubject(subject: Subject, layer: Layer, finders: readonly Finder[]): void {
    const claims = new Claims()
    for (const finder of finders) {
      for (const found of finder(subject)) {
        if (!claims.take(finder, found)) continue
        if ('inside' in found) inString(found, subject, layer)
        else inScalar(found, subject, layer)
      }
    }
  }

  function inScalar(found: Found, subject: Subject, layer: Layer): void {
    const field = buildField(found, subject, layer, positions)
    if (field) result.fields.push(field)
  }

  function inString(found: Inside, subject: Subject, layer: Layer): void {
    const within = layerWithin(found, subject, layer, positions, limits)
    if (within === undefined) return
    if ('skipped' in within) result.skipped.push(within.skipped)
    else inLayer(within.layer, found.as === 'manifest' ? finders : [valuesOf(found.as.valuesOf)])
  }

  inLayer(outermost(file), finders)
  return result
}

function outermost({ path: file, yaml }: { path: string; yaml: YamlText }): Layer {
  const toOuter = (offset: number) => offset
  return { file, yaml, document: 0, toOuter, path: [], steps: [], reaches: [], marked: hasMarkers(yaml), depth: 0 }
}

function valuesOf(place: VersionField['place']): Finder {
  return ({ root }) => inValues(root, place)
}

/** A scalar belongs to the first finder that recognises it, and each part of it is found once. */
class Claims {
  readonly #owners = new Map<number, Finder>()
  readonly #parts = new Set<string>()

  take(finder: Finder, found: Found | Inside): boolean {
    const { event } = 'inside' in found ? found.inside : found.node
    const part = 'inside' in found ? '' : `${event} ${found.part?.start ?? 0}`
    const owner = this.#owners.get(event)
    if ((owner !== undefined && owner !== finder) || this.#parts.has(part)) return false
    this.#owners.set(event, finder)
    if (part !== '') this.#parts.add(part)
    return true
  }
}
