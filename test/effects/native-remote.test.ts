import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HelmRequest } from '../../src/engine/engines.ts'
import { type Stub, startNative, writeStub } from './native-stub.ts'

let scratch: string
let helm: Stub
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'native-remote-'))
  mkdirSync(join(scratch, 'temporary'))
  helm = writeStub(join(scratch, 'bin'), 'helm')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

async function render(files: Record<string, string>, allowRemote: boolean, charts: string[] = ['chart']) {
  const temporary = join(scratch, 'temporary')
  const engines = startNative({ path: join(scratch, 'bin'), temporary, files, allowRemote })
  try {
    return await Promise.all(charts.map((chart) => engines.helm(request(chart))))
  } finally {
    await engines.close()
  }
}

function request(chart: string): HelmRequest {
  const plain = { release: 'web', namespace: 'apps', valuesFiles: [], kubeVersion: '', apiVersions: [] }
  return { chart, ...plain, includeCrds: false }
}

const dependsOn = (...dependencies: [name: string, repository: string][]) =>
  `name: web\ndependencies: ${JSON.stringify(dependencies.map(([name, repository]) => ({ name, repository })))}\n`

const commands = () => helm.started().map(({ argv }) => argv.slice(0, argv.indexOf('--')).join(' '))

test('dependencies are built only where fetching is allowed', async () => {
  await render({ 'chart/Chart.yaml': dependsOn(['cache', 'https://charts.example.com']) }, false)
  expect(commands()).toEqual(['template --namespace=apps'])
})

test('each repository is added once, before the dependencies of its charts are built', async () => {
  const files = {
    'chart/Chart.yaml': dependsOn(['cache', 'https://charts.example.com'], ['queue', 'oci://example.com/queue']),
    'other/Chart.yaml': dependsOn(['cache', 'https://charts.example.com'], ['sibling', 'file://../chart']),
  }
  await render(files, true, ['chart', 'other'])
  expect(commands().filter((command) => command === 'repo add')).toHaveLength(1)
  expect(helm.started()[0]?.argv).toEqual(['repo', 'add', '--', 'repository-1', 'https://charts.example.com'])
  expect(commands().slice(1).sort()).toEqual([
    'dependency build --skip-refresh',
    'dependency build --skip-refresh',
    'template --namespace=apps',
    'template --namespace=apps',
  ])
})

test('what is vendored is not fetched', async () => {
  const files = {
    'chart/Chart.yaml': dependsOn(['cache', 'https://charts.example.com'], ['queue', 'https://charts.example.com']),
    'chart/charts/cache/Chart.yaml': 'name: cache\n',
    'chart/charts/queue-1.0.0.tgz': '',
  }
  await render(files, true)
  expect(commands()).toEqual(['template --namespace=apps'])
})

test.each<[string, Record<string, string>]>([
  ['an option', { 'chart/Chart.yaml': dependsOn(['cache', '--registry-config=/x']) }],
  ['a plugin of Helm', { 'chart/Chart.yaml': dependsOn(['cache', 's3://bucket']) }],
  ['a folder of the machine', { 'chart/Chart.yaml': dependsOn(['cache', 'file:///etc']) }],
  ['a folder outside the repository', { 'chart/Chart.yaml': dependsOn(['cache', 'file://../../etc']) }],
  [
    'a lock file that says otherwise',
    {
      'chart/Chart.yaml': dependsOn(['cache', 'https://charts.example.com']),
      'chart/Chart.lock': dependsOn(['cache', 'file://../../etc']),
    },
  ],
  [
    'an old list that says otherwise',
    {
      'chart/Chart.yaml': dependsOn(['cache', 'https://charts.example.com']),
      'chart/requirements.yaml': dependsOn(['cache', 'file://../../etc']),
    },
  ],
])('%s is not fetched from', async (_title, files) => {
  const [result] = await render(files, true)
  expect(result).toMatchObject({ ok: false, reason: 'failed' })
  expect(result?.ok === false && result.message).toMatch(/^The dependency cache is not fetched: /)
  expect(helm.started()).toEqual([])
})

test('a repository that cannot be reached fails its charts, not others', async () => {
  helm = writeStub(
    join(scratch, 'bin'),
    'helm',
    `if (argv[0] === 'repo') { console.error('Error: cannot be reached'); process.exitCode = 1 }`,
  )
  const files = {
    'chart/Chart.yaml': dependsOn(['cache', 'https://charts.example.com']),
    'other/Chart.yaml': 'name: other\n',
  }
  const [chart, other] = await render(files, true, ['chart', 'other'])
  expect(chart).toEqual({ ok: false, reason: 'failed', message: 'cannot be reached', warnings: [] })
  expect(other).toMatchObject({ ok: true })
})
