import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeStub } from './native-stub.ts'

const SOURCE = join(import.meta.dirname, '../../src/index.ts')

let scratch: string
let repository: string
let bin: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'native-validate-'))
  repository = join(scratch, 'repository')
  bin = join(scratch, 'bin')
  for (const folder of ['repository', 'bin', 'runner', 'git']) mkdirSync(join(scratch, folder))
  // PATH may well have kustomize and helm beside git.
  symlinkSync(findGit(), join(scratch, 'git', 'git'))
  execFileSync('git', ['init', '--quiet', repository])
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

function findGit(): string {
  const folders = (process.env.PATH ?? '').split(':')
  return folders.map((folder) => join(folder, 'git')).find((file) => existsSync(file)) ?? 'git'
}

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true })
    writeFileSync(join(repository, path), text)
  }
}

/** Runs an entry point from its source, in a process of its own. */
function run(call: string, env: Record<string, string> = {}) {
  const script = `import * as gitops from ${JSON.stringify(SOURCE)}\nawait gitops.${call}`
  return spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', 'gitops'], {
    cwd: repository,
    encoding: 'utf8',
    env: { PATH: `${bin}:${join(scratch, 'git')}`, HOME: scratch, RUNNER_TEMP: join(scratch, 'runner'), ...env },
  })
}

function validate(...args: string[]) {
  const argv = JSON.stringify(['node', 'gitops', 'validate', '--format', 'json', ...args])
  const { status, stdout, stderr } = run(`cli(process.argv = ${argv})`)
  return { status, report: stdout === '' ? undefined : JSON.parse(stdout), stderr }
}

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
const print = (text: string) => `process.stdout.write(${JSON.stringify(text)})`

describe('gitops validate --renderer native', () => {
  test('judges what the tools of PATH print, and leaves nothing behind', () => {
    write({ 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': CONFIG_MAP })
    const origin = `${CONFIG_MAP}  annotations:\n    config.kubernetes.io/origin: |\n      path: a.yaml\n`
    const behaviour = `if (argv.at(-1).includes('/tracked/')) ${print(origin)}; else ${print(`${CONFIG_MAP}unknown: field\n`)}`
    const stub = writeStub(bin, 'kustomize', behaviour, 'v5.0.0')
    const { status, report, stderr } = validate('--renderer', 'native')
    expect(report.findings).toMatchObject([{ rule: 'schema/unknown-field', file: 'app/a.yaml', source: 'app' }])
    expect(status).toBe(1)
    expect(stderr).toContain('kustomize from PATH is v5.0.0, the embedded one v5.8.2; they may render differently.')
    // Once to judge it, then once more, and once with annotations, to find where the finding belongs.
    expect(stub.started()).toHaveLength(3)
    expect(readdirSync(join(scratch, 'runner'))).toEqual([])
  })

  test('starts no tool of the repository', () => {
    write({ 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': CONFIG_MAP })
    bin = join(repository, 'bin')
    const planted = writeStub(bin, 'kustomize')
    const { status, report, stderr } = validate('--renderer', 'native')
    expect({ status, report }).toEqual({ status: 3, report: undefined })
    expect(stderr).toMatch(/^error: kustomize is not on PATH /)
    expect(planted.started()).toEqual([])
  })

  test('refuses what is remote before any tool is started, unless --allow-remote', () => {
    write({
      'app/kustomization.yaml': 'resources:\n  - https://github.com/example/repo//deploy?ref=v1\n',
      'chart/Chart.yaml':
        'name: chart\nversion: 1.0.0\ndependencies:\n  - { name: cache, repository: "https://charts.example.com" }\n',
    })
    const kustomize = writeStub(bin, 'kustomize', print(CONFIG_MAP))
    const helm = writeStub(bin, 'helm', `if (argv[0] === 'template') ${print(`---\n# Source: chart/a\n${CONFIG_MAP}`)}`)
    const refused = validate('--renderer', 'native')
    expect(refused).toMatchObject({ status: 3, report: { outcome: 'refused' } })
    expect(refused.report.findings.map(({ rule, file, line }: Record<string, unknown>) => [rule, file, line])).toEqual([
      ['render/refused', 'app/kustomization.yaml', 2],
      ['render/refused', 'chart/Chart.yaml', 4],
    ])
    expect([...kustomize.started(), ...helm.started()]).toEqual([])

    const allowed = validate('--renderer', 'native', '--allow-remote')
    expect(allowed).toMatchObject({ status: 0, report: { outcome: 'valid', findings: [], summary: { sources: 2 } } })
    expect(helm.started().map(({ argv }) => argv.slice(0, 2).join(' '))).toEqual([
      'repo add',
      'dependency build',
      'template --namespace=default',
    ])
  })

  test('refuses what executes also with --allow-remote', () => {
    write({
      'app/kustomization.yaml': 'generators: [program.yaml]\n',
      'app/program.yaml': 'apiVersion: example.com/v1\nkind: Program\nmetadata: { name: a }\n',
    })
    const stub = writeStub(bin, 'kustomize')
    const { status, report } = validate('--renderer', 'native', '--allow-remote')
    expect({ status, outcome: report.outcome }).toEqual({ status: 3, outcome: 'refused' })
    expect(stub.started()).toEqual([])
  })
})

describe('the action with renderer: native', () => {
  const pullRequest = (head: string) => ({
    number: 7,
    base: { sha: 'b'.repeat(40), ref: 'main', repo: { full_name: 'owner/repository' } },
    head: { sha: 'a'.repeat(40), repo: head === '' ? null : { full_name: head } },
  })

  function act(event: string, payload: object) {
    const file = join(scratch, 'event.json')
    writeFileSync(file, JSON.stringify(payload))
    const output = join(scratch, 'output')
    writeFileSync(output, '')
    const ran = run('validateAction()', {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: file,
      GITHUB_OUTPUT: output,
      GITHUB_WORKSPACE: repository,
      INPUT_RENDERER: 'native',
    })
    return { ...ran, outputs: readFileSync(output, 'utf8') }
  }

  test.each([
    ['pull_request', 'stranger/repository'],
    ['pull_request_target', 'stranger/repository'],
    ['pull_request', ''],
  ])('is refused on %s from %j', (event, head) => {
    write({ 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': CONFIG_MAP })
    const stub = writeStub(bin, 'kustomize', print(CONFIG_MAP))
    const { status, stderr, outputs } = act(event, { pull_request: pullRequest(head) })
    expect(status).toBe(1)
    expect(stderr).toContain('renderer: native is not used for a pull request from a fork')
    expect(outputs).toMatch(/^outcome<<(\S+)\nerror\n\1\njson<</)
    expect(stub.started()).toEqual([])
  })

  test('is used on a push', () => {
    write({ 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': CONFIG_MAP })
    const stub = writeStub(bin, 'kustomize', print(CONFIG_MAP))
    expect(act('push', {})).toMatchObject({ status: 0 })
    expect(stub.started()).toHaveLength(1)
  })
})
