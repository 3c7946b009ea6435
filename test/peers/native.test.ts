import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { EngineFailure, HelmRequest, KustomizeRequest, RenderResult } from '../../src/engine/engines.ts'
import { openNativeRenderer } from '../../src/engine/native.ts'
import { startEngines } from '../../src/engine/pool.ts'
import { charts, filesBelow, HELM_CASES, helmRequest, kustomizations, SAMPLES } from '../effects/engine-samples.ts'

const ROOT = join(import.meta.dirname, '../..')
const LIMITS = { workers: 2, deadline: 120_000, memory: 1024 * 1024 * 1024 }

for (const tool of ['kustomize', 'helm']) {
  if (!existsSync(join(ROOT, '.peers/bin', tool)))
    throw new Error(`${tool} is missing from .peers/bin: run npm run peers.`)
}

const temporary = mkdtempSync(join(tmpdir(), 'native-peers-'))
const notes: string[] = []
const startNative = openNativeRenderer({
  environment: { PATH: join(ROOT, '.peers/bin') },
  workspaces: [],
  temporary,
  allowRemote: false,
  note: (message) => notes.push(message),
  startEmbedded: startEngines,
})
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

/** Charts that no two runs of Helm render alike, or that Helm never finishes. */
const INCOMPARABLE = ['charts/random', 'charts/endless', 'charts/greedy', 'charts/recursive']
/** What the embedded engine refuses in words of its own, and what neither fetches. */
const OWN_WORDS = ['inflated/absent', 'inflated/as-generator', 'inflated/name-template', 'metadata/panics']
const REMOTE = ['remote', 'remote-base']

/** Folders with sources in them: the engine's samples, the examples, and the inputs of the samples of validate. */
const VALIDATE = join(ROOT, 'test/samples/validate')
const FOLDERS = [
  SAMPLES,
  ...readdirSync(join(ROOT, 'examples')).map((name) => join(ROOT, 'examples', name)),
  ...readdirSync(VALIDATE).map((name) => join(VALIDATE, name, 'input')),
].filter((folder) => existsSync(folder))

describe.each(FOLDERS.map((folder) => [relative(ROOT, folder), folder]))('%s', (_name, folder) => {
  const files = filesBelow(folder)
  const embedded = startEngines(files, LIMITS)
  const native = startNative(files, LIMITS)
  afterAll(() => Promise.all([embedded.close(), native.close()]))

  const built = kustomizations(files).filter((path) => ![...OWN_WORDS, ...REMOTE].includes(path))
  const restrictors = ['root-only', 'none'] as const
  test.each(built.flatMap((path) => restrictors.map((loadRestrictor) => ({ path, loadRestrictor }))))(
    'kustomize build $path ($loadRestrictor)',
    async (request: KustomizeRequest) => {
      const [ours, theirs] = await Promise.all([embedded.kustomize(request), native.kustomize(request)])
      expectSame(withoutTemplates(ours), theirs)
    },
  )

  const rendered = charts(files).filter((chart) => !INCOMPARABLE.includes(chart))
  test.each(rendered.map((chart) => helmRequest(chart, { includeCrds: true })))(
    'helm template $chart',
    async (request) => {
      const [ours, theirs] = await Promise.all([embedded.helm(request), native.helm(request)])
      expectSame(ours, theirs)
    },
  )

  test('has sources, or is plain', () => {
    expect(files.size).toBeGreaterThan(0)
  })
})

describe('helm template', () => {
  const files = filesBelow(SAMPLES)
  const embedded = startEngines(files, LIMITS)
  const native = startNative(files, LIMITS)
  afterAll(() => Promise.all([embedded.close(), native.close()]))

  test.each(HELM_CASES)('of %s', async (_title, request: HelmRequest) => {
    const [ours, theirs] = await Promise.all([embedded.helm(request), native.helm(request)])
    expect(theirs.ok).toBe(true)
    expectSame(ours, theirs)
  })
})

test('the tools of the peers are of the embedded versions', () => {
  expect(notes).toEqual([])
})

test('nothing is left behind', () => {
  expect(readdirSync(temporary)).toEqual([])
})

function expectSame<T>(embedded: RenderResult<T>, native: RenderResult<T>): void {
  if (embedded.ok || native.ok) expect(native).toEqual(embedded)
  else expect(withoutAddresses(native as EngineFailure)).toContain(withoutAddresses(embedded as EngineFailure))
}

/** The embedded engine sets the order as the command line's flag does, which kustomize warns of. */
const OF_THE_ENGINE = /^Warning: Sorting order is set both in 'kustomization\.yaml' \('sortOptions'\) and in a CLI flag/

/** The native kustomize does not tell from which template a chart's object comes. */
function withoutTemplates(result: Awaited<ReturnType<ReturnType<typeof startEngines>['kustomize']>>) {
  if (!result.ok) return result
  const resources = result.resources.map((resource) => {
    if (resource.origin?.template === undefined) return resource
    const { template: _, ...origin } = resource.origin
    return { ...resource, origin }
  })
  return { ...result, resources, warnings: result.warnings.filter((line) => !OF_THE_ENGINE.test(line)) }
}

/** Where something lies in Go's memory is another place in each process. */
function withoutAddresses({ message }: EngineFailure): string {
  return message.replace(/\b0x[0-9a-f]+\b/g, '0x')
}
