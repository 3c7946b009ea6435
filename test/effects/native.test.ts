import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Engines, HelmRequest } from '../../src/engine/engines.ts'
import { EMBEDDED_VERSIONS } from '../../src/engine/native-tools.ts'
import { Refusal } from '../../src/report/failure.ts'
import { type Given, isRunning, startNative, writeStub } from './native-stub.ts'

let scratch: string
let bin: string
let temporary: string
const opened: Engines[] = []

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'native-'))
  bin = join(scratch, 'bin')
  temporary = join(scratch, 'temporary')
  mkdirSync(temporary)
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((engines) => engines.close()))
  expect(readdirSync(temporary)).toEqual([])
  rmSync(scratch, { recursive: true, force: true })
})

function start(given: Partial<Given> = {}): Engines {
  const files = { 'apps/kustomization.yaml': 'resources: [a.yaml]\n', 'apps/a.yaml': 'kind: ConfigMap\n' }
  const engines = startNative({ path: bin, temporary, files, ...given })
  opened.push(engines)
  return engines
}

const apps = { path: 'apps', loadRestrictor: 'root-only', origins: false } as const
const chart: HelmRequest = {
  ...{ chart: 'chart', release: 'web', namespace: 'apps', valuesFiles: [], kubeVersion: '1.34.0', apiVersions: [] },
  includeCrds: false,
}

describe('what the tools are started with', () => {
  test('kustomize: fixed flags, then an absolute path', async () => {
    const stub = writeStub(bin, 'kustomize')
    await start().kustomize({ ...apps, kubeVersion: '-x', apiVersions: ['--y'] })
    const [{ argv = [] } = {}] = stub.started()
    expect(argv.slice(0, -1)).toEqual([
      ...['build', '--load-restrictor=LoadRestrictionsRootOnly', '--helm-kube-version=-x', '--helm-api-versions=--y'],
      '--',
    ])
    expect(argv.at(-1)).toMatch(/^\/.*\/tree\/apps$/)
  })

  test('helm: what comes from the repository follows "=" or "--"', async () => {
    const stub = writeStub(bin, 'helm')
    const hostile = '--post-renderer=/bin/sh'
    await start().helm({
      ...{ chart: '-c', release: hostile, namespace: hostile, kubeVersion: hostile, apiVersions: [hostile] },
      ...{ valuesFiles: ['-f,x"y.yaml'], values: { a: 1 }, includeCrds: true },
    })
    const [{ argv = [] } = {}] = stub.started()
    const end = argv.indexOf('--')
    expect(argv.slice(0, end).map((argument) => argument.split('=')[0])).toEqual([
      ...['template', '--namespace', '--kube-version', '--api-versions', '--values', '--values', '--include-crds'],
    ])
    expect(argv.slice(end + 1)).toEqual([hostile, expect.stringMatching(/^\/.*\/tree\/-c$/)])
    expect(argv[4]).toMatch(/^--values="\/.*\/tree\/-f,x""y\.yaml"$/)
  })

  test('an environment of its own, and none of ours', async () => {
    const stub = writeStub(bin, 'kustomize')
    await start().kustomize(apps)
    const [{ env = {}, cwd } = {}] = stub.started()
    expect(Object.keys(env).sort()).toEqual([
      ...['GIT_ALLOW_PROTOCOL', 'GIT_CONFIG_NOSYSTEM', 'GIT_TERMINAL_PROMPT', 'HELM_NO_PLUGINS', 'HOME'],
      ...['HTTPS_PROXY', 'HTTP_PROXY', 'LC_ALL', 'PATH', 'TMPDIR', 'http_proxy', 'https_proxy'],
    ])
    for (const folder of [env.HOME, env.TMPDIR, cwd])
      expect(folder?.startsWith(`${temporary}/gitops-native-`)).toBe(true)
    expect(env.PATH?.split(':').slice(1)).toEqual([bin])
    expect(env.HTTPS_PROXY).toBe('http://127.0.0.1:9')
  })

  test('proxies and certificates only where something may be fetched', async () => {
    const stub = writeStub(bin, 'kustomize')
    await start({ allowRemote: true }).kustomize(apps)
    const [{ env = {} } = {}] = stub.started()
    expect(env).toMatchObject({
      HTTPS_PROXY: 'http://proxy.invalid:3128',
      SSL_CERT_FILE: '/canary/certificates.pem',
      GIT_ALLOW_PROTOCOL: 'https:http',
    })
    expect(JSON.stringify(env)).not.toMatch(/ghs_canary|KUBECONFIG|INPUT_|ACTIONS_|NODE_OPTIONS|SSH_AUTH_SOCK/)
  })

  test('a copy of the files that only we can read and nobody can run', async () => {
    const stub = writeStub(
      bin,
      'kustomize',
      `const { statSync, readFileSync } = require('node:fs'), { join } = require('node:path')
       const mode = (path) => (statSync(path).mode & 0o777).toString(8)
       console.log([mode(join(argv.at(-1), 'a.yaml')), mode(argv.at(-1)), readFileSync(join(argv.at(-1), 'a.yaml'))].join(' '))`,
    )
    const result = await start().kustomize(apps)
    expect(result.ok && result.resources[0]?.text).toBe('600 700 kind: ConfigMap\n\n')
    expect(stub.started()).toHaveLength(1)
  })
})

describe('the tools of PATH', () => {
  test('a missing one is refused, with its name and what to do', async () => {
    await expect(start().kustomize(apps)).rejects.toThrow(Refusal)
    await expect(start().helm(chart)).rejects.toThrow(
      'helm is not on PATH (folders inside the repository do not count); install it (https://helm.sh/docs/intro/install/), ' +
        'or leave out --renderer native to use the embedded renderer.',
    )
  })

  test('those in the workspace, or linked into it, are passed over', async () => {
    const workspace = join(scratch, 'workspace')
    const planted = writeStub(join(workspace, 'bin'), 'kustomize')
    const links = join(scratch, 'links')
    mkdirSync(links)
    symlinkSync(planted.file, join(links, 'kustomize'))
    symlinkSync(join(workspace, 'bin'), join(scratch, 'linked-folder'))
    const path = [join(workspace, 'bin'), join(scratch, 'linked-folder'), links, 'bin', '.', ''].join(':')

    await expect(start({ path, workspaces: [workspace] }).kustomize(apps)).rejects.toThrow('kustomize is not on PATH')
    const trusted = writeStub(bin, 'kustomize')
    await start({ path: `${path}:${bin}`, workspaces: [workspace] }).kustomize(apps)
    expect(trusted.started()).toHaveLength(1)
    expect(trusted.started()[0]?.env.PATH).not.toContain(join(workspace, 'bin'))
    expect(planted.started()).toEqual([])
  })

  test('another version is told, once', async () => {
    writeStub(bin, 'kustomize', '', 'v5.4.1')
    writeStub(bin, 'helm', '', 'v4.0.0+gabc')
    const notes: string[] = []
    const engines = start({ note: (message) => notes.push(message) })
    await Promise.all([engines.kustomize(apps), engines.kustomize(apps), engines.helm(chart)])
    expect(notes.sort()).toEqual([
      'helm from PATH is v4.0.0, the embedded one v3.22.0; they may render differently.',
      'kustomize from PATH is v5.4.1, the embedded one v5.8.2; they may render differently.',
    ])
  })

  test('the embedded versions are those of the engine', () => {
    const engine = readFileSync(join(import.meta.dirname, '../../engines/render/engine.json'), 'utf8')
    expect(JSON.parse(engine).variables).toMatchObject({
      'sigs.k8s.io/kustomize/api/provenance.version': EMBEDDED_VERSIONS.kustomize,
      'helm.sh/helm/v3/internal/version.version': EMBEDDED_VERSIONS.helm,
    })
  })

  test('helm is handed to kustomize only through a guard, and only for charts', async () => {
    const kustomize = writeStub(bin, 'kustomize')
    writeStub(bin, 'helm')
    await start().kustomize(apps)
    await start({ files: { 'apps/kustomization.yaml': 'helmCharts: [{name: web}]\n' } }).kustomize(apps)
    const [without, withCharts] = kustomize.started().map(({ argv }) => argv.filter((each) => each.includes('helm')))
    expect(without).toEqual([])
    expect(withCharts).toEqual([
      '--enable-helm',
      expect.stringMatching(/^--helm-command=.*\/gitops-native-.*\/bin\/helm$/),
    ])
  })

  test('charts without helm are refused by its name', async () => {
    writeStub(bin, 'kustomize', `console.error('Error: must specify --enable-helm'); process.exitCode = 1`)
    const files = { 'apps/kustomization.yaml': 'helmCharts: [{name: web}]\n' }
    await expect(start({ files }).kustomize(apps)).rejects.toThrow('helm is not on PATH')
  })
})

describe('what the tools say', () => {
  test('paths are those of the repository, warnings stand apart', async () => {
    writeStub(
      bin,
      'kustomize',
      `console.error('# Warning: old')
       console.error('2026/01/01 10:00:00 dated')
       console.error('Error: accumulating resources: lstat ' + argv.at(-1) + '/b.yaml: no such file in ' + process.env.TMPDIR + '/kustomize-123456/x')
       process.exitCode = 1`,
    )
    expect(await start().kustomize(apps)).toEqual({
      ok: false,
      reason: 'failed',
      message: 'accumulating resources: lstat apps/b.yaml: no such file in <fetched>/x',
      warnings: ['# Warning: old', 'dated'],
    })
  })

  test.each(['../other', '/etc', 'a/../../b'])('%s is not looked at', async (path) => {
    const stub = writeStub(bin, 'kustomize')
    expect(await start().kustomize({ ...apps, path })).toMatchObject({ ok: false, reason: 'failed' })
    expect(stub.started()).toEqual([])
  })

  test('a definition that looks like documents of Helm is one document', async () => {
    const definition = 'kind: CustomResourceDefinition\n---\n# Source: store/templates/a.yaml\nkind: Other\n'
    const output = `---\n# Source: store/crds/c.yaml\n${definition}\n---\n# Source: store/templates/a.yaml\nkind: A\n`
    writeStub(bin, 'helm', `process.stdout.write(${JSON.stringify(output)})`)
    const result = await start({ files: { 'chart/crds/c.yaml': definition } }).helm({ ...chart, includeCrds: true })
    expect(result.ok && result.resources.map(({ template }) => template)).toEqual([
      'store/crds/c.yaml',
      'store/templates/a.yaml',
    ])
    expect(result.ok && result.resources.map(({ text }) => text).join('')).toBe(output)
  })
})

describe('limits', () => {
  test('at the deadline a tool ends with everything it started', async () => {
    const pids = join(scratch, 'pids')
    writeStub(
      bin,
      'kustomize',
      `const { spawn } = require('node:child_process')
       const child = spawn('/bin/sh', ['-c', 'sleep 600 & sleep 600'], { stdio: 'inherit' })
       require('node:fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid)
       setInterval(() => {}, 1000)`,
    )
    const result = await start({ deadline: 1500 }).kustomize(apps)
    expect(result).toMatchObject({
      ok: false,
      reason: 'deadline',
      message: 'kustomize build apps took longer than the limit (limits.render-timeout) of 1.5 s.',
    })
    for (const pid of readFileSync(pids, 'utf8').split(' ')) await hasEnded(Number(pid))
  })

  test('what a tool leaves running ends with it', async () => {
    writeStub(
      bin,
      'kustomize',
      `const child = require('node:child_process').spawn('/bin/sleep', ['600'], { stdio: 'inherit' })
       console.log('pid: ' + child.pid)
       child.unref()`,
    )
    const result = await start().kustomize(apps)
    await hasEnded(Number(result.ok && /pid: (\d+)/.exec(result.resources[0]?.text ?? '')?.[1]))
  })

  test('a tool that prints without end is ended', async () => {
    writeStub(
      bin,
      'kustomize',
      `const line = 'x'.repeat(65535) + '\\n'; for (;;) require('node:fs').writeSync(1, line)`,
    )
    expect(await start({ memory: 128 * 1024 * 1024 }).kustomize(apps)).toMatchObject({
      ok: false,
      reason: 'memory',
      message: 'kustomize build apps printed more than 128 MiB.',
    })
  })

  test('of endless errors only the beginning is kept', async () => {
    writeStub(bin, 'helm', `process.stderr.write('Error: ' + 'x'.repeat(2 ** 20)); process.exitCode = 1`)
    const result = await start().helm(chart)
    expect(!result.ok && result.message.length).toBeLessThan(7000)
  })

  test.runIf(process.platform === 'linux')('a tool that takes all memory is ended', async () => {
    writeStub(bin, 'helm', `const taken = []; setInterval(() => taken.push(Buffer.alloc(2 ** 25, 1)), 20)`)
    expect(await start({ memory: 256 * 1024 * 1024 }).helm(chart)).toMatchObject({
      ok: false,
      reason: 'memory',
      message: 'helm template chart needed more memory than the limit (limits.render-memory) of 256 MiB.',
    })
  })

  test('no more tools run at a time than asked for', async () => {
    const running = join(scratch, 'running')
    mkdirSync(running)
    writeStub(
      bin,
      'kustomize',
      `const fs = require('node:fs'), mine = ${JSON.stringify(running)} + '/' + process.pid
       fs.writeFileSync(mine, '')
       console.log('n: ' + fs.readdirSync(${JSON.stringify(running)}).length)
       setTimeout(() => fs.rmSync(mine), 50)`,
    )
    const engines = start({ workers: 1 })
    const results = await Promise.all([1, 2, 3, 4].map(() => engines.kustomize(apps)))
    expect(results.map((result) => result.ok && result.resources[0]?.text)).toEqual(Array(4).fill('n: 1\n'))
  })

  test('closing answers what is under way and what is asked later', async () => {
    const stub = writeStub(bin, 'kustomize', 'setInterval(() => {}, 1000)')
    const engines = start()
    const underWay = engines.kustomize(apps)
    const waiting = [engines.kustomize(apps), engines.kustomize(apps)]
    await vi.waitFor(() => expect(stub.started()).toHaveLength(2), 10_000)
    await engines.close()
    for (const result of [await underWay, ...(await Promise.all(waiting)), await engines.kustomize(apps)]) {
      expect(result).toMatchObject({ ok: false, reason: 'crashed' })
      expect(!result.ok && result.message).toMatch(/was not done: the render engine was closed\.$/)
    }
  })
})

/** A signal takes a moment to do its work. */
async function hasEnded(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1)
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 10_000)
}
