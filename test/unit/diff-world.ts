import type { RenderedDiff, ResourceDiff } from '../../src/diff/rendered-diff.ts'
import type { RenderedResource } from '../../src/diff/resource.ts'
import { nameOfResource } from '../../src/kubernetes/resource.ts'

/** A resource as it was read from a rendered text. */
export function resource(kind: string, name: string, fields: Record<string, unknown> = {}): RenderedResource {
  const { metadata, apiVersion = 'v1', ...rest } = fields as { metadata?: object; apiVersion?: string }
  const value = { apiVersion, kind, metadata: { name, ...metadata }, ...rest }
  return { ...nameOfResource(value), value }
}

export function changed(name: string, patch: readonly string[], more: Partial<ResourceDiff> = {}): ResourceDiff {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, change: 'changed', patch, ...more }
}

export function diffOf(sources: RenderedDiff['sources'], more: Partial<RenderedDiff> = {}): RenderedDiff {
  return { sources, unchangedSources: [], unrendered: [], ...more }
}
