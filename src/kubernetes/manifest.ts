import type { PathStep } from '../yaml/locate.ts'
import { isRecord } from './resource.ts'

/** What a document turns out to be. */
export type Manifest =
  | { is: 'resources'; items: ManifestItem[] }
  | { is: 'kustomization' }
  | { is: 'none'; reason: string }
  | { is: 'faulty'; message: string; path: readonly PathStep[] }

/** A resource, or one item of a List, by its path in the document. */
export interface ManifestItem {
  value: Readonly<Record<string, unknown>>
  path: readonly PathStep[]
  /** What keeps it from being one: `apiVersion` or `kind` is absent or no string. */
  fault?: string
}

/** Files of these groups configure programs; no API server ever sees them. */
const CLIENT_GROUPS = new Set([
  'kind.x-k8s.io',
  'k3d.io',
  'kubeadm.k8s.io',
  'kubelet.config.k8s.io',
  'kubeproxy.config.k8s.io',
  'kubescheduler.config.k8s.io',
  'apiserver.config.k8s.io',
  'audit.k8s.io',
  'client.authentication.k8s.io',
  'skaffold',
  'ctlptl.dev',
  'krew.googlecontainertools.github.com',
])

/** Kubernetes' own grammar for group names, versions and kinds: what else there is must not enter a path or a URL. */
const API_VERSION = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/
const KIND = /^[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/

/**
 * Recognises a document. `manifest/kind` is said where one of `apiVersion` and `kind` stands but not both as strings
 * (contract, *Validation, exactly*); a document with neither is no manifest.
 */
export function recognise(value: unknown, file: string): Manifest {
  if (!isRecord(value)) return { is: 'none', reason: `${describe(value)}, not a resource` }
  if (value.apiVersion === undefined && value.kind === undefined) {
    return { is: 'none', reason: 'it has neither apiVersion nor kind' }
  }
  if (file.endsWith('.json') && value.apiVersion === undefined) return { is: 'none', reason: 'JSON without apiVersion' }
  const fault = faultOf(value)
  if (fault) return { is: 'faulty', message: fault, path: faultPath(value) }
  const apiVersion = value.apiVersion as string
  const kind = value.kind as string
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))
  if (group === 'kustomize.config.k8s.io') return { is: 'kustomization' }
  if (CLIENT_GROUPS.has(group)) return { is: 'none', reason: `${group} configures a program, not the cluster` }
  if (apiVersion === 'v1' && kind === 'Config' && ('clusters' in value || 'users' in value)) {
    return { is: 'none', reason: 'a kubeconfig' }
  }
  return { is: 'resources', items: expand(value, apiVersion, kind) }
}

/** A List stands for its items, as kubectl has it, also within another; so does a typed list such as ConfigMapList. */
function expand(value: Readonly<Record<string, unknown>>, apiVersion: string, kind: string): ManifestItem[] {
  const isList = kind === 'List' || (kind.endsWith('List') && 'items' in value && !('spec' in value))
  if (!isList) return [{ value, path: [] }]
  const items = value.items
  if (items === null || items === undefined) return []
  if (!Array.isArray(items)) return [{ value, path: ['items'], fault: 'items of a List must be a list.' }]
  const implied = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) }
  return items.flatMap((item: unknown, index): ManifestItem[] => {
    const path: PathStep[] = ['items', index]
    if (!isRecord(item))
      return [{ value: {}, path, fault: `Item ${index} of the List must be a resource, but is ${describe(item)}.` }]
    const whole = implied ? { ...implied, ...item } : item
    const fault = faultOf(whole)
    if (fault) return [{ value: whole, path: [...path, ...faultPath(whole)], fault }]
    const inner = expand(whole, whole.apiVersion as string, whole.kind as string)
    return inner.map((each) => ({ ...each, path: [...path, ...each.path] }))
  })
}

function faultOf(value: Readonly<Record<string, unknown>>): string | undefined {
  for (const [field, grammar] of [
    ['apiVersion', API_VERSION],
    ['kind', KIND],
  ] as const) {
    const stated = value[field]
    if (stated === undefined) return `The resource lacks ${field}; a resource needs both apiVersion and kind.`
    if (typeof stated !== 'string') return `${field} must be a string, but is ${describe(stated)}.`
    if (!grammar.test(stated))
      return `${field} does not have the form Kubernetes allows, such as ${field === 'kind' ? 'Deployment' : 'apps/v1'}.`
  }
  return undefined
}

/** What to point at: the wrong field itself, else the mapping that lacks one. */
function faultPath(value: Readonly<Record<string, unknown>>): PathStep[] {
  const wrong = (['apiVersion', 'kind'] as const).find((field) => value[field] !== undefined && faultIn(value, field))
  return wrong ? [wrong] : []
}

function faultIn(value: Readonly<Record<string, unknown>>, field: 'apiVersion' | 'kind'): boolean {
  const grammar = field === 'kind' ? KIND : API_VERSION
  const stated = value[field]
  return typeof stated !== 'string' || !grammar.test(stated)
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a mapping' : `a ${typeof value}`
}
