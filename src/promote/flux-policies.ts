import type { VersionField } from '../image/field.ts'
import type { Tree } from '../repository/tree.ts'
import { decode } from '../yaml/decode.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { readYaml } from '../yaml/read.ts'

/** The file of the ImagePolicy that a marker names (`namespace:name`), if the repository has it. */
export type FluxPolicies = (marker: string) => string | undefined

/**
 * Finds the image policies of Flux among files. A field whose policy stands in the repository is written by Flux itself,
 * which would undo what a promotion writes there; markers without one are only names that other tools go by.
 */
export function readFluxPolicies(tree: Tree, paths: readonly string[], limits: YamlLimits): FluxPolicies {
  const files = new Map<string, string>()
  for (const path of paths) {
    const bytes = tree.read(path)
    if (!bytes || bytes.length > limits.file || !mayHoldPolicy(bytes)) continue
    const decoded = decode(bytes)
    const documents = decoded.ok ? readYaml(decoded.text, limits).documents : []
    for (const { value } of documents) {
      const name = policyName(value)
      if (name !== undefined) files.set(name, files.get(name) ?? path)
    }
  }
  // The namespace is often left to a kustomization.
  return (marker) => files.get(marker) ?? files.get(marker.replace(/^[^:]*/, ''))
}

/** The field as it is to be treated: what Flux writes is not edited. */
export function leaveToFlux(field: VersionField, policyFile: FluxPolicies): VersionField {
  if (field.marker === undefined || field.editable !== true) return field
  const file = policyFile(field.marker)
  if (file === undefined) return field
  const message = `Flux sets it by the image policy ${field.marker} (${file}) and would undo an edit; remove its comment to promote it instead.`
  return { ...field, editable: { kind: 'automated', bars: 'writing', message } }
}

function mayHoldPolicy(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('ImagePolicy')
}

/** As a marker names it; without a namespace, only `:name`. */
function policyName(value: unknown): string | undefined {
  const { apiVersion, kind, metadata } = recordOf(value)
  if (kind !== 'ImagePolicy' || !/^image\.toolkit\.fluxcd\.io\//.test(String(apiVersion))) return undefined
  const { namespace, name } = recordOf(metadata)
  return typeof name === 'string' ? `${typeof namespace === 'string' ? namespace : ''}:${name}` : undefined
}

function recordOf(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? { ...value } : {}
}
