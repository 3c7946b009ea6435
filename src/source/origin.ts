import type { KustomizeResource } from '../engine/engines.ts'
import type { FieldPlace } from '../kubernetes/resource.ts'
import { nameOfResource } from '../kubernetes/resource.ts'
import type { PathStep } from '../yaml/locate.ts'
import { locateIn } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import { type Kustomization, placeOf } from './kustomization.ts'
import { findOrigin, type OriginDocument } from './origin-document.ts'
import { generatorField } from './origin-generator.ts'
import { placeInPatches, type Sought } from './origin-patch.ts'
import { transformerField } from './origin-transformer.ts'
import { alignPath, hasPath, sameValue, valueAt } from './value.ts'

/** Answers where a field of a rendered resource can be changed. */
export type Origin = (path: readonly PathStep[], at: 'value' | 'key') => FieldPlace

/**
 * Traces a resource that kustomize rendered (validate.md E2): to the field of its manifest if the value came from
 * there, else to the patch, the generator entry or the transformer's field that set it, else to the nearest thing that
 * is known, and then the note says that it is a guess.
 *
 * @param rendered the resource as built; asked when the first place is, for only then its origin need be known.
 * @param kustomizations the ones the build went through, the one built first: what is applied last is asked first.
 */
export function traceKustomize(
  files: YamlFiles,
  kustomizations: readonly Kustomization[],
  rendered: () => KustomizeResource,
  value: Readonly<Record<string, unknown>>,
): Origin {
  const resource = nameOfResource(value)
  let origin: OriginDocument | undefined | null = null
  const originDocument = () => {
    if (origin === null) origin = originOf(files, rendered(), resource)
    return origin
  }

  return (path, at) => {
    const sought: Sought = { resource, value, path, at }
    const document = originDocument()
    return (
      (document && placeInManifest(document, sought)) ??
      placeInKustomizations(files, kustomizations, sought) ??
      guess(document, kustomizations, sought)
    )
  }
}

function originOf(files: YamlFiles, rendered: KustomizeResource, resource: Sought['resource']) {
  const file = rendered.origin?.path
  const yaml = file === undefined ? undefined : files.keep(file)
  return file !== undefined && yaml ? findOrigin(file, yaml, resource) : undefined
}

function placeInManifest(origin: OriginDocument, sought: Sought): FieldPlace | undefined {
  const path = alignPath(sought.value, origin.value, sought.path)
  if (!path || !hasPath(origin.value, path)) return undefined
  if (sought.at === 'value' && !sameValue(valueAt(origin.value, path), valueAt(sought.value, sought.path)))
    return undefined
  return placeInDocument(origin, path, sought.at)
}

function placeInDocument(
  origin: OriginDocument,
  path: readonly PathStep[],
  at: 'value' | 'key',
): FieldPlace | undefined {
  const asked = path.length === 0 ? ['kind'] : path
  const found = locateIn(origin.yaml, origin.document, [...origin.prefix, ...asked])
  if (!found) return undefined
  const span = at === 'key' || path.length === 0 ? (found.key ?? found.value) : found.value
  return { file: origin.file, ...origin.yaml.positions.at(span.start) }
}

function placeInKustomizations(
  files: YamlFiles,
  kustomizations: readonly Kustomization[],
  sought: Sought,
): FieldPlace | undefined {
  for (const kustomization of kustomizations) {
    const patch = placeInPatches(files, kustomization, sought)
    if (patch) return { file: patch.file, line: patch.line, column: patch.column, note: `set by ${patch.what}` }
    const field = transformerField(kustomization, sought) ?? generatorField(kustomization, sought)
    if (field) return { ...placeOf(kustomization, field), note: `set by ${String(field[0])} in ${kustomization.file}` }
  }
  return undefined
}

/** The nearest ancestor that its manifest has, else the only chart that is inflated, else the kustomization built. */
function guess(
  origin: OriginDocument | undefined,
  kustomizations: readonly Kustomization[],
  sought: Sought,
): FieldPlace {
  const note = 'the place is a guess: the value came about while rendering'
  const root = kustomizations[0] as Kustomization
  if (!origin) return { ...(placeOfOnlyChart(kustomizations) ?? placeOf(root, [])), note }
  for (let length = sought.path.length - 1; length > 0; length--) {
    const path = alignPath(sought.value, origin.value, sought.path.slice(0, length))
    const place = path && hasPath(origin.value, path) ? placeInDocument(origin, path, 'key') : undefined
    if (place) return { ...place, note }
  }
  return { ...(placeInDocument(origin, [], 'key') ?? placeOf(root, [])), note }
}

function placeOfOnlyChart(kustomizations: readonly Kustomization[]): FieldPlace | undefined {
  const charts = kustomizations.flatMap((kustomization) =>
    kustomization.links.filter(({ role }) => role === 'chart').map(({ path }) => ({ kustomization, path })),
  )
  const [only] = charts
  return only && charts.length === 1 ? placeOf(only.kustomization, only.path) : undefined
}
