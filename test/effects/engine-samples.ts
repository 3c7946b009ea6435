import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { HelmRequest } from '../../src/engine/engines.ts'

/** A small repository for the engine: kustomizations, charts, and kustomizations that inflate charts. */
export const SAMPLES = join(import.meta.dirname, '../samples/engine')

/** What the native tools print for the samples; `npm run test:peers` holds these files to that. */
export const EXPECTED = join(import.meta.dirname, '../samples/engine-expected')

/** All files below a folder, by their path relative to it. Links are left out, as in the engine. */
export function filesBelow(root: string): Map<string, Uint8Array> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const named = files.map((file) => [relative(root, file).split(sep).join('/'), file] as const)
  const wanted = named.filter(([name]) => !name.startsWith('.git/')).sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(wanted.map(([name, file]) => [name, readFileSync(file)]))
}

const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

export function kustomizations(files: ReadonlyMap<string, Uint8Array>): string[] {
  return foldersWith(files, (name) => KUSTOMIZATION_NAMES.includes(name))
}

export function charts(files: ReadonlyMap<string, Uint8Array>): string[] {
  return foldersWith(files, (name) => name === 'Chart.yaml')
}

function foldersWith(files: ReadonlyMap<string, Uint8Array>, wanted: (name: string) => boolean): string[] {
  return [...files.keys()].filter((file) => wanted(basename(file))).map(dirname)
}

export const KUBERNETES = '1.34.4'

/** `helm template web CHART --namespace apps`, with what a test adds. */
export function helmRequest(chart: string, more: Partial<HelmRequest> = {}): HelmRequest {
  const plain = { release: 'web', namespace: 'apps', valuesFiles: [], kubeVersion: KUBERNETES, apiVersions: [] }
  return { chart, ...plain, includeCrds: false, ...more }
}

/** Requests whose results stand in EXPECTED under these names. */
export const HELM_CASES: [name: string, request: HelmRequest][] = [
  ['store', helmRequest('charts/store')],
  ['store-with-definitions', helmRequest('charts/store', { includeCrds: true })],
  ['store-with-values-file', helmRequest('charts/store', { valuesFiles: ['charts/store/values-prod.yaml'] })],
  [
    'store-with-everything',
    helmRequest('charts/store', {
      valuesFiles: ['charts/store/values-prod.yaml', 'inflated/chart/values.yaml'],
      values: { replicas: 7, packed: { greeting: 'hello' }, second: { size: 'big' }, ports: [] },
      kubeVersion: 'v1.30',
      apiVersions: ['monitoring.coreos.com/v1', 'example.com/v1'],
    }),
  ],
  ['hooks-only', helmRequest('charts/hooks')],
]

export const KUSTOMIZE_CASES = [
  'shop/base',
  'shop/prod',
  'shop/fifo',
  'metadata/plain',
  'metadata/origin',
  'metadata/both',
  'metadata/transformers',
  'metadata/adds-annotation',
  'metadata/replaces-annotations',
  'metadata/hashed',
  'metadata/schema',
  'metadata/without-schema',
  'metadata/deprecated',
  'metadata/anchors',
  'metadata/embeds-itself',
  'inflated/chart',
  'inflated/overlay',
  'inflated/fifo',
  'inflated/versioned',
  'inflated/uses-component',
  'inflated/old-style',
  'inflated/nested',
]
