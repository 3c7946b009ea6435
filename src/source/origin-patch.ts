import { EVENT_ID } from 'js-yaml'
import { isRecord } from '../kubernetes/resource.ts'
import type { Place, ResourceName } from '../report/finding.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import type { PathStep } from '../yaml/locate.ts'
import { fromPointer } from '../yaml/pointer.ts'
import type { Position } from '../yaml/position.ts'
import { locateIn, type YamlDocument, type YamlText } from '../yaml/read.ts'
import type { YamlFiles } from './files.ts'
import { readInline } from './inline.ts'
import type { Kustomization, Link } from './kustomization.ts'
import { alignPath, hasPath, sameValue, valueAt } from './value.ts'

/** A field of a rendered resource to be found in what made it. */
export interface Sought {
  resource: ResourceName
  value: Readonly<Record<string, unknown>>
  path: readonly PathStep[]
  at: 'value' | 'key'
}

/** A text that may be a patch, and how its offsets become places. */
interface PatchText {
  yaml: YamlText
  place(offset: number): Place
  what: string
}

/** Where a patch of this kustomization sets a field, if one does. The last patch that does counts. */
export function placeInPatches(
  files: YamlFiles,
  kustomization: Kustomization,
  sought: Sought,
): (Place & { what: string }) | undefined {
  const texts = patchTexts(files, kustomization)
  for (const patch of texts.reverse()) {
    for (const document of patch.yaml.documents) {
      const span = Array.isArray(document.value)
        ? placeInOperations(patch.yaml, document, sought)
        : placeInMerge(patch.yaml, document, sought)
      if (span !== undefined) return { ...patch.place(span), what: patch.what }
    }
  }
  return undefined
}

function patchTexts(files: YamlFiles, kustomization: Kustomization): PatchText[] {
  const texts: PatchText[] = []
  for (const link of kustomization.links) {
    if (link.role === 'patch' && link.target.kind === 'file') {
      const yaml = files.keep(link.target.path)
      const file = link.target.path
      if (yaml)
        texts.push({ yaml, place: (offset) => ({ file, ...yaml.positions.at(offset) }), what: `the patch ${file}` })
    } else if (link.role === 'patch' && link.target.kind === 'inline') {
      texts.push(...inlineText(kustomization, link.path, files.limits))
    }
  }
  for (const field of ['patches', 'patchesJson6902']) {
    const list = kustomization.fields[field]
    if (!Array.isArray(list)) continue
    list.forEach((item, index) => {
      if (isRecord(item) && typeof item.patch === 'string') {
        texts.push(...inlineText(kustomization, [field, index, 'patch'], files.limits))
      }
    })
  }
  return texts
}

function inlineText(kustomization: Kustomization, path: Link['path'], limits: YamlLimits): PatchText[] {
  const { yaml, document, file } = kustomization
  const inline = yaml && document && readInline(yaml, document, path, limits)
  if (!inline) return []
  const place = (offset: number): Place => ({ file, ...(inline.positionOf(offset) as Position) })
  return [{ yaml: inline.yaml, place, what: `a patch in ${file}` }]
}

/** A strategic merge patch, by its kind (its name may be a placeholder when the patch has a target). */
function placeInMerge(yaml: YamlText, document: YamlDocument, sought: Sought): number | undefined {
  const patch = document.value
  if (!isRecord(patch) || (patch.kind !== undefined && patch.kind !== sought.resource.kind)) return undefined
  const path = alignPath(sought.value, patch, sought.path)
  if (!path || !hasPath(patch, path)) return undefined
  if (sought.at === 'value' && !sameValue(valueAt(patch, path), valueAt(sought.value, sought.path))) return undefined
  const found = locateIn(yaml, document, path)
  if (!found) return undefined
  return (sought.at === 'key' ? (found.key ?? found.value) : found.value).start
}

/** A JSON patch: the operation whose path leads to the field or above it, and that wrote this very value. */
function placeInOperations(yaml: YamlText, document: YamlDocument, sought: Sought): number | undefined {
  const operations = document.value as readonly unknown[]
  for (let index = operations.length - 1; index >= 0; index--) {
    const operation = operations[index]
    if (!isRecord(operation) || typeof operation.path !== 'string') continue
    const steps = fromPointer(operation.path)
    if (steps.length > sought.path.length || !leadsTo(steps, sought.path)) continue
    const rest = sought.path.slice(steps.length)
    if (!sameValue(valueAt(operation.value, rest), valueAt(sought.value, sought.path))) continue
    const found = locateIn(yaml, document, [index, 'value', ...rest])
    if (found && yaml.events[found.event]?.type !== EVENT_ID.POP) {
      return (sought.at === 'key' && rest.length > 0 ? (found.key ?? found.value) : found.value).start
    }
  }
  return undefined
}

function leadsTo(steps: readonly string[], path: readonly PathStep[]): boolean {
  return steps.every((step, index) => step === '-' || step === String(path[index]))
}
