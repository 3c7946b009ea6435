import type { Place, ResourceName } from '../report/finding.ts'
import type { PathStep } from '../yaml/locate.ts'

/** A place, and how sure it is. */
export interface FieldPlace extends Place {
  /** Who set the value, where that is not the resource's own manifest: `set by the patch …`. */
  note?: string
}

/** One Kubernetes object and where its fields come from. */
export interface Resource extends ResourceName {
  /** As the cluster reads it. */
  readonly value: Readonly<Record<string, unknown>>
  /** The rendered source it is part of; absent for a plain manifest. */
  readonly source?: string
  /** To be awaited before a place is asked for, where finding places takes work of its own. */
  readonly locate?: () => Promise<void>
  /** Where a person can change a field: its value, or its key. */
  place(path: readonly PathStep[], at: 'value' | 'key'): FieldPlace
  /** Where it is named, found anew, so that whoever remembers this keeps nothing of its file. */
  readonly placeLater?: () => Place
}

/** The name parts of a value that has `apiVersion` and `kind`. */
export function nameOfResource(value: Readonly<Record<string, unknown>>): ResourceName {
  const metadata = isRecord(value.metadata) ? value.metadata : {}
  const name = text(metadata.name) ?? text(metadata.generateName) ?? ''
  const namespace = text(metadata.namespace)
  return { apiVersion: String(value.apiVersion), kind: String(value.kind), ...(namespace && { namespace }), name }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
