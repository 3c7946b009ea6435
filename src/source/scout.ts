import type { YamlFiles } from './files.ts'
import { type Governed, governedBy } from './operator.ts'

/** What must be known of the whole repository before the first resource is judged. */
export interface Scouted {
  /** CustomResourceDefinitions of the repository, wherever they lie. */
  crds: readonly unknown[]
  governed: readonly Governed[]
}

const CRD = 'CustomResourceDefinition'
const CRD_BYTES = Buffer.from(CRD)
const OPERATOR_GROUPS = ['kustomize.toolkit.fluxcd.io', 'argoproj.io'].map((group) => Buffer.from(group))

/** Finds CRDs and operators' objects. Only files that name one are parsed: the bytes are searched first. */
export function scout(files: YamlFiles): Scouted {
  const crds: unknown[] = []
  const governed: Governed[] = []
  for (const path of files.tree.paths) {
    if (!/\.(?:ya?ml|json)$/i.test(path)) continue
    const bytes = files.tree.read(path)
    if (!bytes) continue
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const mayDefine = buffer.includes(CRD_BYTES)
    if (!mayDefine && !OPERATOR_GROUPS.some((group) => buffer.includes(group))) continue
    for (const value of documentsOf(files, path)) {
      if (mayDefine && isCrd(value)) crds.push(value)
      governed.push(...governedBy(value))
    }
  }
  return { crds, governed }
}

export function isCrd(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === CRD
}

/** A List's items stand for themselves. */
function* documentsOf(files: YamlFiles, path: string): Iterable<unknown> {
  for (const document of files.read(path)?.documents ?? []) {
    yield document.value
    const value = document.value
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && Array.isArray(value.items))
      yield* value.items
  }
}
