import { recognise } from '../kubernetes/manifest.ts'
import { isRecord } from '../kubernetes/resource.ts'
import type { ResourceName } from '../report/finding.ts'
import type { PathStep } from '../yaml/locate.ts'
import type { YamlDocument, YamlText } from '../yaml/read.ts'

/** The manifest that a rendered resource was made from. */
export interface OriginDocument {
  file: string
  yaml: YamlText
  document: YamlDocument
  /** Where in the document it stands, when that is a List. */
  prefix: readonly PathStep[]
  value: Readonly<Record<string, unknown>>
}

/**
 * Finds in a file the manifest of a rendered resource. Its kind is the same; its name may have been given a prefix, a
 * suffix or a hash, so the longest name that is part of the rendered one wins.
 */
export function findOrigin(file: string, yaml: YamlText, rendered: ResourceName): OriginDocument | undefined {
  let best: OriginDocument | undefined
  let bestScore = 0
  for (const document of yaml.documents) {
    const manifest = recognise(document.value, file)
    if (manifest.is !== 'resources') continue
    for (const item of manifest.items) {
      const score = likeness(item.value, rendered)
      if (score <= bestScore) continue
      best = { file, yaml, document, prefix: item.path, value: item.value }
      bestScore = score
    }
  }
  return best
}

function likeness(value: Readonly<Record<string, unknown>>, rendered: ResourceName): number {
  if (value.kind !== rendered.kind) return 0
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const name = String(metadata.name ?? metadata.generateName ?? '')
  const sameVersion = value.apiVersion === rendered.apiVersion ? 0.5 : 0
  const sameNamespace = metadata.namespace === rendered.namespace ? 0.25 : 0
  if (name === rendered.name) return 10_000 + sameVersion + sameNamespace
  return rendered.name.includes(name) ? 1 + name.length + sameVersion + sameNamespace : 0
}
