import { isRecord } from '../kubernetes/resource.ts'
import type { PathStep } from '../yaml/locate.ts'
import type { Kustomization } from './kustomization.ts'
import type { Sought } from './origin-patch.ts'

const GENERATORS: Readonly<Record<string, string>> = {
  ConfigMap: 'configMapGenerator',
  Secret: 'secretGenerator',
}

/** The generator entry of a kustomization that a ConfigMap or Secret came from, and the literal or file of a key. */
export function generatorField(kustomization: Kustomization, sought: Sought): PathStep[] | undefined {
  const field = GENERATORS[sought.resource.kind]
  const entries = field && kustomization.fields[field]
  if (!field || !Array.isArray(entries)) return undefined
  const index = entries.findIndex((entry) => isRecord(entry) && sought.resource.name.includes(String(entry.name)))
  if (index < 0) return undefined
  const key = sought.path.length > 1 ? String(sought.path[1]) : undefined
  return (key && dataField(entries[index], [field, index], key)) || [field, index, 'name']
}

function dataField(entry: unknown, path: readonly PathStep[], key: string): PathStep[] | undefined {
  if (!isRecord(entry)) return undefined
  for (const list of ['literals', 'files', 'envs'] as const) {
    const items = entry[list]
    if (!Array.isArray(items)) continue
    const index = items.findIndex((item) => list === 'envs' || keyOf(String(item), list) === key)
    if (index >= 0) return [...path, list, index]
  }
  return undefined
}

function keyOf(item: string, list: 'literals' | 'files'): string {
  const equals = item.indexOf('=')
  if (equals >= 0) return item.slice(0, equals)
  return list === 'files' ? item.slice(item.lastIndexOf('/') + 1) : item
}
