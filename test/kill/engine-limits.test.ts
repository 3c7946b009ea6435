import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { EngineOptions, Engines } from '../../src/engine/engines.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { filesBelow, helmRequest, SAMPLES } from '../effects/engine-samples.ts'

const files = filesBelow(SAMPLES)
const MEGABYTE = 1024 * 1024

async function withEngines<T>(options: Partial<EngineOptions>, use: (engines: Engines) => Promise<T>): Promise<T> {
  const engines = startEngines(files, { workers: 1, deadline: 30_000, memory: 512 * MEGABYTE, ...options })
  try {
    return await use(engines)
  } finally {
    await engines.close()
  }
}

const shop = { path: 'shop/prod', loadRestrictor: 'root-only' } as const

describe('limits', () => {
  test('an endless template is ended at the deadline, and the next request answered', () =>
    withEngines({ deadline: 1500 }, async (engines) => {
      const next = { text: 'quick', variables: {}, strict: false }
      const [endless, answered] = await Promise.all([
        engines.helm(helmRequest('charts/endless')),
        engines.substitute(next),
      ])
      expect(endless).toMatchObject({
        reason: 'deadline',
        message: 'helm template charts/endless took longer than the limit (limits.render-timeout) of 1.5 s.',
      })
      expect(answered).toEqual({ ok: true, text: 'quick' })
    }))

  test('a greedy template is ended at the memory limit, and the next request answered', () =>
    withEngines({ memory: 256 * MEGABYTE }, async (engines) => {
      const [greedy, next] = await Promise.all([engines.helm(helmRequest('charts/greedy')), engines.kustomize(shop)])
      expect(greedy).toMatchObject({
        reason: 'memory',
        message: 'helm template charts/greedy needed more memory than the limit (limits.render-memory) of 256 MiB.',
      })
      expect(next.ok).toBe(true)
    }))

  test('a limit too small to start in is named', () =>
    withEngines({ memory: 20 * MEGABYTE }, async (engines) => {
      expect(await engines.kustomize(shop)).toMatchObject({
        reason: 'memory',
        message: 'kustomize build shop/prod needed more memory than the limit (limits.render-memory) of 20 MiB.',
      })
    }))
})

describe('a second thread', () => {
  test('is started for a request that waits behind an endless one', async () => {
    const engines = startEngines(files, { workers: 2, deadline: 40_000, memory: 512 * MEGABYTE })
    const endless = engines.helm(helmRequest('charts/endless'))
    expect(await engines.substitute({ text: 'quick', variables: {}, strict: false })).toEqual({
      ok: true,
      text: 'quick',
    })
    await engines.close()
    // Ended by closing: so the other one did not have to wait for the deadline.
    expect(await endless).toMatchObject({ reason: 'crashed' })
  })
})

describe('a crash', () => {
  const panics = { path: 'metadata/panics', loadRestrictor: 'root-only' } as const

  test('is reported of the request that caused it alone', () =>
    withEngines({}, async (engines) => {
      const [before, crash, after] = await Promise.all([
        engines.kustomize(shop),
        engines.kustomize(panics),
        engines.kustomize(shop),
      ])
      expect(crash).toMatchObject({ ok: false, reason: 'crashed' })
      expect(!crash.ok && crash.message).toMatch(
        /^kustomize build metadata\/panics broke the render engine: panic: number of previous names/,
      )
      expect(after).toEqual(before)
    }))
})

describe('closing', () => {
  test('answers what is waiting or under way, and what is asked later', async () => {
    const engines = startEngines(files, { workers: 1, deadline: 30_000, memory: 512 * MEGABYTE })
    await engines.kustomize(shop)
    const underWay = engines.helm(helmRequest('charts/endless'))
    const waiting = engines.kustomize(shop)
    await engines.close()
    for (const result of [await underWay, await waiting, await engines.kustomize(shop)]) {
      expect(result).toMatchObject({ ok: false, reason: 'crashed' })
      expect(!result.ok && result.message).toMatch(/was not done: the render engine was closed\.$/)
    }
  })

  test('is not needed for the process to end', async () => {
    const pool = join(import.meta.dirname, '../../src/engine/pool.ts')
    const script = `
      const { startEngines } = await import(${JSON.stringify(pool)})
      const engines = startEngines(new Map(), { workers: 2, deadline: 30000, memory: ${512 * MEGABYTE} })
      const result = await engines.substitute({ text: 'a\${b}', variables: { b: 'c' }, strict: true })
      process.stdout.write(result.text)`
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    expect({ stdout, stderr }).toEqual({ stdout: 'ac', stderr: '' })
  })
})
