import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { HelmRequest } from '../../src/engine/engines.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { EXPECTED, filesBelow, HELM_CASES, helmRequest, SAMPLES } from './engine-samples.ts'

const LIMITS = { workers: 1, deadline: 30_000, memory: 512 * 1024 * 1024 }
const engines = startEngines(filesBelow(SAMPLES), LIMITS)
afterAll(() => engines.close())

async function rendered(request: HelmRequest) {
  const result = await engines.helm(request)
  if (!result.ok) throw new Error(result.message)
  return result.resources
}

describe('helm', () => {
  test.each(HELM_CASES)('renders %s as the command line prints it', async (name, request) => {
    const text = (await rendered(request)).map((document) => document.text).join('')
    await expect(text).toMatchFileSnapshot(join(EXPECTED, `helm-${name}.yaml`))
  })

  test('names the template of each document', async () => {
    const documents = await rendered(helmRequest('charts/store', { includeCrds: true }))
    expect(documents.map((document) => document.template)).toEqual([
      'store/crds/shelf.yaml',
      'store/charts/cache/templates/config.yaml',
      'store/charts/packed/templates/config.yaml',
      'store/templates/capabilities.yaml',
      'store/templates/service.yaml',
      'store/templates/service.yaml',
      'store/templates/deployment.yaml',
      'store/templates/hooks.yaml',
      'store/templates/hooks.yaml',
    ])
    for (const { template, text } of documents)
      expect(text.split('\n').slice(0, 2)).toEqual(['---', `# Source: ${template}`])
  })

  test('renders a packed chart', async () => {
    const [document] = await rendered(helmRequest('charts/store/charts/packed-0.2.0.tgz'))
    expect(document?.text).toContain('greeting: hello')
  })

  test('answers lookups with nothing and names with no address', async () => {
    const documents = await rendered(helmRequest('charts/store'))
    const capabilities = documents.find((document) => document.template === 'store/templates/capabilities.yaml')
    expect(capabilities?.text).toContain('lookup: "{}"')
    expect(capabilities?.text).toContain('host: ""')
  })

  test('warns of a deprecated chart', async () => {
    const result = await engines.helm(helmRequest('charts/random'))
    expect(result.warnings).toEqual(['WARNING: This chart is deprecated'])
  })

  test.each<[string, HelmRequest, string]>([
    [
      'values against the schema',
      helmRequest('charts/store', { values: { replicas: 'many' } }),
      "at '/replicas': got string, want integer",
    ],
    [
      'a dependency that is not vendored',
      helmRequest('charts/incomplete'),
      'missing in charts/ directory: postgresql, sibling',
    ],
    ['a library', helmRequest('charts/library'), 'library charts are not installable'],
    ['no such chart', helmRequest('charts/none'), 'chart "charts/none" is not in the repository'],
    ['a folder without a chart', helmRequest('shop'), 'Chart.yaml file is missing'],
    [
      'no such values file',
      helmRequest('charts/store', { valuesFiles: ['prod.yaml'] }),
      'open prod.yaml: no such file or directory',
    ],
    [
      'values that are no YAML',
      helmRequest('charts/store', { valuesFiles: ['shop/base/motd.txt'] }),
      'failed to parse shop/base/motd.txt',
    ],
    ['a release name', helmRequest('charts/store', { release: 'Web' }), 'release name "Web": invalid release name'],
    ['an old cluster', helmRequest('charts/store', { kubeVersion: '1.20.0' }), 'incompatible with Kubernetes v1.20.0'],
    ['no version', helmRequest('charts/store', { kubeVersion: 'new' }), "invalid kube version 'new'"],
    ['endless recursion', helmRequest('charts/recursive'), 'rendering template has a nested reference name: again'],
  ])('refuses %s', async (_title, request, message) => {
    const result = await engines.helm(request)
    expect(result).toMatchObject({ ok: false, reason: 'failed' })
    expect(!result.ok && result.message).toContain(message)
    expect(!result.ok && result.message.length).toBeLessThan(7000)
  })
})
