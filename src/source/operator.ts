import { isRecord } from '../kubernetes/resource.ts'
import { isWithin, resolvePath } from '../repository/path.ts'
import { valueAt } from './value.ts'

/** What an operator's object in the repository says about a folder that it applies. */
export interface Governed {
  folder: string
  operator: 'flux' | 'argocd'
  /** Whether `${VARIABLES}` in the folder's manifests are replaced before they are applied. */
  substituted: boolean
  /** The cluster by the name the operator knows it by, if the object names one. */
  cluster?: string
  /** The namespace of resources that name none. */
  namespace?: string
}

/** Reads a Flux Kustomization or an Argo CD Application; anything else governs nothing. */
export function governedBy(value: unknown): Governed[] {
  if (!isRecord(value) || typeof value.apiVersion !== 'string') return []
  if (value.kind === 'Kustomization' && value.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) return flux(value)
  if (value.kind === 'Application' && value.apiVersion.startsWith('argoproj.io/')) return argocd(value)
  return []
}

function flux(value: Readonly<Record<string, unknown>>): Governed[] {
  const folder = text(value, ['spec', 'path'])
  const resolved = resolvePath('', folder ?? '.')
  if (resolved === undefined) return []
  return [
    {
      folder: resolved,
      operator: 'flux',
      substituted: isRecord(valueAt(value, ['spec', 'postBuild'])),
      cluster: text(value, ['spec', 'kubeConfig', 'secretRef', 'name']),
      namespace: text(value, ['spec', 'targetNamespace']),
    },
  ]
}

function argocd(value: Readonly<Record<string, unknown>>): Governed[] {
  const sources = valueAt(value, ['spec', 'sources'])
  const all: unknown[] = Array.isArray(sources) ? sources : [valueAt(value, ['spec', 'source'])]
  return all.flatMap((source) => {
    const folder = resolvePath('', text(source, ['path']) ?? '')
    if (!folder) return []
    const cluster = text(value, ['spec', 'destination', 'name']) ?? text(value, ['spec', 'destination', 'server'])
    const namespace = text(value, ['spec', 'destination', 'namespace'])
    return [{ folder, operator: 'argocd' as const, substituted: false, cluster, namespace }]
  })
}

/** The object that says most closely what happens to a folder. */
export function governorOf(governed: readonly Governed[], folder: string): Governed | undefined {
  return governed.filter((each) => isWithin(folder, each.folder)).sort((a, b) => b.folder.length - a.folder.length)[0]
}

function text(value: unknown, path: string[]): string | undefined {
  const found = valueAt(value, path)
  return typeof found === 'string' && found !== '' ? found : undefined
}
