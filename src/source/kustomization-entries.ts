import type { PathStep } from '../yaml/locate.ts'

/** What a kustomization does with something it names. */
export type EntryRole = 'resource' | 'component' | 'patch' | 'data' | 'plugin' | 'setting' | 'chart'

/** One reference of a kustomization to something else: a file, a folder, a URL, or YAML written in place. */
export interface Entry {
  role: EntryRole
  /** Where it stands in the kustomization. */
  path: readonly PathStep[]
  text: string
}

type Fields = Readonly<Record<string, unknown>>

/** Every reference a kustomization holds, in kustomize's own field order (validate.md E1). */
export function entriesOf(kustomization: Fields): Entry[] {
  const entries: Entry[] = []
  const add = (role: EntryRole, path: readonly PathStep[], value: unknown) => {
    if (typeof value === 'string' && value !== '') entries.push({ role, path, text: value })
  }
  const each = (field: string, then: (item: unknown, path: PathStep[]) => void) => {
    const list = kustomization[field]
    for (const [index, item] of listOf(list).entries()) then(item, [field, index])
  }

  for (const field of ['resources', 'bases']) each(field, (item, path) => add('resource', path, item))
  each('components', (item, path) => add('component', path, item))
  each('patchesStrategicMerge', (item, path) => add('patch', path, item))
  for (const field of ['patches', 'patchesJson6902', 'replacements']) {
    each(field, (item, path) => add('patch', [...path, 'path'], fieldOf(item, 'path')))
  }
  for (const field of ['configMapGenerator', 'secretGenerator']) {
    each(field, (item, path) => {
      for (const list of ['files', 'envs']) {
        for (const [index, name] of listOf(fieldOf(item, list)).entries())
          add('data', [...path, list, index], fileOf(name))
      }
      add('data', [...path, 'env'], fieldOf(item, 'env'))
    })
  }
  for (const field of ['generators', 'transformers', 'validators'])
    each(field, (item, path) => add('plugin', path, item))
  for (const field of ['configurations', 'crds']) each(field, (item, path) => add('setting', path, item))
  add('setting', ['openapi', 'path'], fieldOf(kustomization.openapi, 'path'))
  each('helmCharts', (item, path) => {
    add('chart', [...path, 'name'], fieldOf(item, 'name'))
    add('data', [...path, 'valuesFile'], fieldOf(item, 'valuesFile'))
    const more = listOf(fieldOf(item, 'additionalValuesFiles'))
    for (const [index, name] of more.entries()) add('data', [...path, 'additionalValuesFiles', index], name)
  })
  each('helmChartInflationGenerator', (_item, path) =>
    add('plugin', [...path, 'chartName'], 'helmChartInflationGenerator'),
  )
  return entries
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Fields)[name] : undefined
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A generator's `key=path` names the path. */
function fileOf(name: unknown): unknown {
  return typeof name === 'string' ? name.slice(name.indexOf('=') + 1) : name
}
