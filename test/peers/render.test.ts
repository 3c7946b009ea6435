import { afterAll, describe, expect, test } from 'vitest'
import { charts, HELM_CASES, helmRequest, kustomizations, SAMPLES } from '../effects/engine-samples.ts'
import { bothRenderers, type Pair } from './render-compare.ts'

const renderers = bothRenderers(SAMPLES)
afterAll(() => renderers.close())

/** Charts that no two runs of Helm render alike, or that Helm never finishes. */
const INCOMPARABLE = ['charts/random', 'charts/endless', 'charts/greedy', 'charts/recursive']

/** What the engine refuses in words of its own: kustomize downloads it, reads it differently or panics itself. */
const REFUSED = ['inflated/absent', 'inflated/name-template', 'inflated/as-generator', 'metadata/panics']

function expectEqual({ embedded, native }: Pair): void {
  if (native.ok || embedded.ok) expect(embedded).toEqual(native)
  else expect(native.message).toContain(embedded.message)
}

describe('kustomize', () => {
  const comparable = kustomizations(renderers.files).filter((path) => !REFUSED.includes(path))

  test.each(comparable)('%s gives the same bytes, or the same error', async (path) => {
    expectEqual(await renderers.kustomize({ path, loadRestrictor: 'root-only' }))
  })

  test.each(comparable)('%s does so without load restriction', async (path) => {
    expectEqual(await renderers.kustomize({ path, loadRestrictor: 'none' }))
  })

  test.each(REFUSED)('%s is refused', async (path) => {
    expect((await renderers.kustomize({ path, loadRestrictor: 'none' })).embedded.ok).toBe(false)
  })
})

describe('helm', () => {
  const comparable = charts(renderers.files).filter((chart) => !INCOMPARABLE.includes(chart))

  test.each(comparable)('%s gives the same bytes, or the same error', async (chart) => {
    expectEqual(await renderers.helm(helmRequest(chart, { includeCrds: true })))
  })

  test.each(HELM_CASES)('%s gives the same bytes', async (_name, request) => {
    const pair = await renderers.helm(request)
    expect(pair.native.ok).toBe(true)
    expectEqual(pair)
  })

  test('refuses values against the schema in the same words', async () => {
    expectEqual(await renderers.helm(helmRequest('charts/store', { values: { replicas: 'many' } })))
  })
})
