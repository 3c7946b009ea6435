import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Engines } from '../../src/engine/engines.ts'
import { openNativeRenderer } from '../../src/engine/native.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { helmRequest } from '../effects/engine-samples.ts'
import { serve, type Web, writeFiles, writeRepository } from './native-server.ts'

const TOOLS = join(import.meta.dirname, '../../.peers/bin')
const scratch = mkdtempSync(join(tmpdir(), 'native-web-'))
const temporary = join(scratch, 'temporary')
let web: Web

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`
const cache = {
  'Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.2.3\n',
  // kustomize wants one of every chart.
  'values.yaml': '',
  'templates/service.yaml': service('{{ .Release.Name }}-cache'),
}

beforeAll(async () => {
  const folder = join(scratch, 'web')
  mkdirSync(temporary)
  mkdirSync(folder)
  web = await serve(folder)
  writeFiles(folder, { 'service.yaml': service('fetched') })
  writeFiles(join(scratch, 'cache'), cache)
  writeRepository(join(folder, 'base.git'), join(scratch, 'base'), {
    'deploy/kustomization.yaml': 'resources: [service.yaml]\n',
    'deploy/service.yaml': service('cloned'),
  })
  const helm = (...args: string[]) => execFileSync(join(TOOLS, 'helm'), args, { env: { HOME: scratch } })
  helm('package', join(scratch, 'cache'), '--destination', join(folder, 'charts'))
  helm('repo', 'index', join(folder, 'charts'), '--url', `${web.address}/charts`)
})
afterAll(async () => {
  await web.close()
  rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  web.asked.length = 0
})

async function withNative<T>(
  allowRemote: boolean,
  files: Record<string, string>,
  use: (engines: Engines) => Promise<T>,
): Promise<T> {
  const start = openNativeRenderer({
    environment: { PATH: `${TOOLS}:${process.env.PATH}` },
    workspaces: [],
    temporary,
    allowRemote,
    note: () => {},
    startEmbedded: startEngines,
  })
  const bytes = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const)
  const engines = start(new Map(bytes), { workers: 2, deadline: 60_000, memory: 2 ** 30 })
  try {
    return await use(engines)
  } finally {
    await engines.close()
    expect(readdirSync(temporary)).toEqual([])
  }
}

const build = (engines: Engines) => engines.kustomize({ path: 'app', loadRestrictor: 'root-only' })

describe('kustomize', () => {
  test('fetches a manifest; it has no place in the repository', async () => {
    const files = { 'app/kustomization.yaml': `namePrefix: a-\nresources: ["${web.address}/service.yaml"]\n` }
    expect(await withNative(true, files, build)).toEqual({
      ok: true,
      resources: [
        {
          text: service('a-fetched'),
          transformations: [
            {
              configuredIn: 'app/kustomization.yaml',
              configuredBy: { apiVersion: 'builtin', kind: 'PrefixTransformer' },
            },
          ],
        },
      ],
      warnings: [],
    })
  })

  test('clones a base; it has no place in the repository', async () => {
    const files = { 'app/kustomization.yaml': `resources: ["${web.address}/base.git//deploy?ref=main"]\n` }
    const built = await withNative(true, files, build)
    expect(built).toEqual({ ok: true, resources: [{ text: service('cloned'), transformations: [] }], warnings: [] })
  })

  test('pulls a chart', async () => {
    const chart = `{ name: cache, version: 1.2.3, repo: "${web.address}/charts", releaseName: web }`
    const built = await withNative(true, { 'app/kustomization.yaml': `helmCharts: [${chart}]\n` }, build)
    expect(built.ok && built.resources.map(({ text }) => text)).toEqual([service('web-cache')])
  })

  test.each([
    ['clone a base', (address: string) => `resources: ["${address}/base.git//deploy?ref=main"]\n`],
    ['pull a chart', (address: string) => `helmCharts: [{ name: cache, version: 1.2.3, repo: "${address}/charts" }]\n`],
  ])('does not %s where that is not allowed, whatever the scan says', async (_title, kustomization) => {
    const built = await withNative(false, { 'app/kustomization.yaml': kustomization(web.address) }, build)
    expect(built).toMatchObject({ ok: false, reason: 'failed' })
    expect(!built.ok && built.message).toContain('gitops does not let kustomize run this')
    expect(web.asked.filter((path) => /upload-pack|index\.yaml|\.tgz/.test(path))).toEqual([])
  })

  test('gives git no option, whatever the scan says', async () => {
    const files = { 'app/kustomization.yaml': `resources: ["${web.address}/base.git//deploy?ref=--upload-pack=id"]\n` }
    const built = await withNative(true, files, build)
    expect(!built.ok && built.message).toContain('gitops does not let kustomize run this: --upload-pack=id')
    expect(!built.ok && built.message).not.toContain(scratch)
  })
})

describe('helm', () => {
  const chart = (repository: string) =>
    `apiVersion: v2\nname: web\nversion: 0.1.0\ndependencies: [{ name: cache, version: 1.x, repository: "${repository}" }]\n`
  const render = (engines: Engines) => engines.helm(helmRequest('charts/web'))
  const rendered = `---\n# Source: web/charts/cache/templates/service.yaml\n${service('web-cache')}`

  test('fetches a dependency from its repository', async () => {
    const result = await withNative(true, { 'charts/web/Chart.yaml': chart(`${web.address}/charts`) }, render)
    expect(result.ok && result.resources.map(({ text }) => text)).toEqual([rendered])
  })

  test('fetches what the lock file says', async () => {
    const repository = `${web.address}/charts`
    const work = join(scratch, 'locked')
    writeFiles(work, { 'Chart.yaml': chart(repository) })
    const env = { HOME: join(scratch, 'home') }
    // Not synchronously: this process answers it.
    await promisify(execFile)(join(TOOLS, 'helm'), ['dependency', 'update', work], { env })
    const lock = readFileSync(join(work, 'Chart.lock'), 'utf8')
    web.asked.length = 0
    const files = { 'charts/web/Chart.yaml': chart(repository), 'charts/web/Chart.lock': lock }
    const result = await withNative(true, files, render)
    expect(result.ok && result.resources.map(({ text }) => text)).toEqual([rendered])
    expect(web.asked).toEqual(['GET /charts/index.yaml', 'GET /charts/cache-1.2.3.tgz'])
  })

  test('takes a dependency from the repository itself', async () => {
    const sibling = Object.entries(cache).map(([path, text]) => [`charts/cache/${path}`, text])
    const files = { 'charts/web/Chart.yaml': chart('file://../cache'), ...Object.fromEntries(sibling) }
    const result = await withNative(true, files, render)
    expect(result.ok && result.resources.map(({ text }) => text)).toEqual([rendered])
    expect(web.asked).toEqual([])
  })

  test('fetches nothing where that is not allowed', async () => {
    const result = await withNative(false, { 'charts/web/Chart.yaml': chart(`${web.address}/charts`) }, render)
    expect(!result.ok && result.message).toContain('missing in charts/ directory: cache')
    expect(web.asked).toEqual([])
  })
})
