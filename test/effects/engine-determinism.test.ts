import { describe, expect, test } from 'vitest'
import { startEngines } from '../../src/engine/pool.ts'
import { filesBelow, HELM_CASES, helmRequest, KUSTOMIZE_CASES, SAMPLES } from './engine-samples.ts'

const files = filesBelow(SAMPLES)

/** Every sample, and twice the chart that uses the time and random numbers, in the order of a list. */
async function renderAll(workers: number, paths: string[]) {
  const engines = startEngines(files, { workers, deadline: 60_000, memory: 512 * 1024 * 1024 })
  const random = helmRequest('charts/random')
  const results = await Promise.all([
    engines.helm(random),
    ...paths.map((path) => engines.kustomize({ path, loadRestrictor: 'root-only' })),
    ...HELM_CASES.map(([, request]) => engines.helm(request)),
    engines.helm(random),
  ])
  await engines.close()
  return results
}

describe('the same files', () => {
  test('give the same bytes whatever was rendered before, on however many threads', async () => {
    const alone = await renderAll(1, KUSTOMIZE_CASES)
    expect(alone[0]).toEqual(alone.at(-1))
    const reversed = await renderAll(2, KUSTOMIZE_CASES.toReversed())
    expect(new Set(reversed.map((result) => JSON.stringify(result)))).toEqual(
      new Set(alone.map((result) => JSON.stringify(result))),
    )
  })

  test('show a chart the same random numbers and the same time everywhere', async () => {
    const [result] = await renderAll(1, [])
    const text = result?.ok && result.resources[0]?.text
    expect(text).toMatch(/^ {2}alphanumeric: 5p85Y0LwBcEoUk4CwJqg$/m)
    expect(text).toMatch(/^ {2}now: 2000-01-01T00:00:00Z$/m)
  })
})
