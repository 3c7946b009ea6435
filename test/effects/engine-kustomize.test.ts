import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startEngines } from '../../src/engine/pool.ts'
import { EXPECTED, filesBelow, KUSTOMIZE_CASES, SAMPLES } from './engine-samples.ts'

const LIMITS = { workers: 2, deadline: 30_000, memory: 512 * 1024 * 1024 }
const engines = startEngines(filesBelow(SAMPLES), LIMITS)
afterAll(() => engines.close())

const build = (path: string, loadRestrictor: 'root-only' | 'none' = 'root-only') =>
  engines.kustomize({ path, loadRestrictor })

async function built(path: string, origins = true) {
  const result = await engines.kustomize({ path, loadRestrictor: 'root-only', origins })
  if (!result.ok) throw new Error(result.message)
  return result.resources
}

describe('kustomize', () => {
  test.each(KUSTOMIZE_CASES)('builds %s as the command line prints it', async (path) => {
    const text = (await built(path)).map((resource) => resource.text).join('---\n')
    await expect(text).toMatchFileSnapshot(join(EXPECTED, `${path.replaceAll('/', '-')}.yaml`))
  })

  test.each(KUSTOMIZE_CASES)('gives the same text of %s without origins', async (path) => {
    const resources = await built(path, false)
    expect(resources.map((resource) => resource.text)).toEqual((await built(path)).map((resource) => resource.text))
    expect(resources.filter((resource) => resource.origin || resource.transformations.length > 0)).toEqual([])
  })

  test.each<[string, string]>([
    ['metadata/empty', 'kustomization.yaml is empty'],
    ['metadata/unknown-field', 'invalid Kustomization: json: unknown field "imagez"'],
    ['metadata/escapes', "security; file 'metadata/plain/objects.yaml' is not in or below 'metadata/escapes'"],
    ['metadata/twice', 'may not add resource with an already registered id: ConfigMap.v1.[noGrp]/bare.[noNs]'],
    ['metadata/nowhere', 'lstat metadata/nowhere: no such file or directory'],
    ['../outside', 'lstat /outside: no such file or directory'],
    ['inflated/absent', 'chart "web" is not in the repository at inflated/absent/charts/web-1.0.0/web'],
    ['inflated/as-generator', 'a HelmChartInflationGenerator among the generators is not supported here'],
    ['inflated/name-template', 'nameTemplate of chart "web" is not supported here; set releaseName instead'],
    ['inflated/outside-values', "security; file 'inflated/chart/values.yaml' is not in or below"],
  ])('says what is wrong with %s', async (path, message) => {
    const result = await build(path)
    expect(result).toMatchObject({ ok: false, reason: 'failed' })
    expect(!result.ok && result.message).toContain(message)
    expect(!result.ok && result.message).not.toContain('.repository-root.')
  })

  test('reads files beside the kustomization only where that is allowed', async () => {
    expect(await build('metadata/escapes', 'root-only')).toMatchObject({ ok: false })
    expect(await build('metadata/escapes', 'none')).toMatchObject({ ok: true })
  })

  test('collects what kustomize warns of, each line once', async () => {
    const result = await build('metadata/deprecated')
    expect(result.warnings).toHaveLength(4)
    expect(result.warnings[0]).toMatch(/^# Warning: 'bases' is deprecated/)
  })

  test('does not keep the schema of one kustomization for the next', async () => {
    const before = await built('metadata/without-schema')
    await built('metadata/schema')
    expect(await built('metadata/without-schema')).toEqual(before)
  })
})

describe('origins', () => {
  test('name the file of a resource, and what ran on it, from the repository root', async () => {
    const resources = await built('shop/prod')
    const deployment = resources.find((resource) => resource.text.includes('kind: Deployment'))
    expect(deployment?.origin).toEqual({ path: 'shop/base/deployment.yaml' })
    expect(deployment?.transformations).toContainEqual({
      configuredIn: 'shop/prod/kustomization.yaml',
      configuredBy: { apiVersion: 'builtin', kind: 'ImageTagTransformer' },
    })
  })

  test('name the generator of what has no file', async () => {
    const secret = (await built('shop/prod')).find((resource) => resource.text.includes('kind: Secret'))
    expect(secret?.origin).toEqual({
      configuredIn: 'shop/base/kustomization.yaml',
      configuredBy: { apiVersion: 'builtin', kind: 'SecretGenerator' },
    })
  })

  test('name the template of a chart besides', async () => {
    const service = (await built('inflated/overlay')).find((resource) => resource.text.includes('name: p-versioned\n'))
    expect(service?.origin).toEqual({
      configuredIn: 'inflated/versioned/kustomization.yaml',
      configuredBy: { apiVersion: 'builtin', kind: 'HelmChartInflationGenerator' },
      template: 'inflated/versioned/vendor/web-0.3.0/web/templates/config.yaml',
    })
  })

  test('are known of every resource, also where a patch replaces the annotations', async () => {
    const paths = [
      'shop/prod',
      'metadata/plain',
      'metadata/replaces-annotations',
      'metadata/hashed',
      'inflated/overlay',
    ]
    const resources = (await Promise.all(paths.map((path) => built(path)))).flat()
    expect(resources.filter((resource) => !resource.origin)).toEqual([])
  })
})
