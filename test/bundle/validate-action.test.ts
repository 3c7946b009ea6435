import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandsIn } from '../unit/report-commands.ts'
import { type Ran, runAction } from './gitops.ts'
import { brokenMap, configMap, createRepository, type Repository } from './repository.ts'

/** A runner's temporary folder with its command files, and what they hold after a run. */
function createRunner() {
  const folder = createRepository({ output: '', summary: '', env: '', path: '' }, { git: false })
  const read = (name: string) => readFileSync(join(folder.root, name), 'utf8')
  return {
    folder,
    env: {
      RUNNER_TEMP: folder.root,
      GITHUB_OUTPUT: join(folder.root, 'output'),
      GITHUB_STEP_SUMMARY: join(folder.root, 'summary'),
      GITHUB_ENV: join(folder.root, 'env'),
      GITHUB_PATH: join(folder.root, 'path'),
    },
    summary: () => read('summary'),
    untouched: () => read('env') === '' && read('path') === '',
    outputs: () =>
      Object.fromEntries(
        [...read('output').matchAll(/^(\w+)<<(\w+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
      ) as Record<string, string>,
  }
}

const annotations = (ran: Ran) => commandsIn(`${ran.stdout}\n${ran.stderr}`).filter(({ properties }) => properties.file)

describe('on a push', () => {
  let repository: Repository
  beforeAll(() => {
    const many = Array.from({ length: 15 }, (_, index) => [
      `many/${String(index).padStart(2, '0')}.yaml`,
      brokenMap(`m${index}`),
    ])
    repository = createRepository({
      ...Object.fromEntries(many),
      'good/a.yaml': configMap('a'),
      'good/sub/b.yaml': configMap('b'),
      'empty/x.yaml': '# nothing\n',
      'refused/kustomization.yaml': 'resources: [https://example.com/x.yaml]\n',
    })
    repository.commit()
  })
  afterAll(() => repository.dispose())

  async function act(inputs: Record<string, string>, env: Record<string, string> = {}) {
    const runner = createRunner()
    const ran = await runAction('validate', { cwd: repository.root, inputs, env: { ...runner.env, ...env } })
    const result = { ...ran, outputs: runner.outputs(), summary: runner.summary(), untouched: runner.untouched() }
    runner.folder.dispose()
    return result
  }

  test.each<[outcome: string, code: number, inputs: Record<string, string>]>([
    ['valid', 0, { paths: 'good' }],
    ['valid', 0, { paths: '# a comment\ngood/a.yaml\n\n  good/sub  \n' }],
    ['valid', 0, { paths: 'a.yaml', 'working-directory': 'good' }],
    ['valid', 0, { paths: 'empty', 'allow-empty': 'true' }],
    ['invalid', 1, { paths: 'empty', 'allow-empty': 'false' }],
    ['invalid', 1, { paths: 'many' }],
    ['invalid', 0, { paths: 'many', 'fail-on': 'never' }],
    ['refused', 1, { paths: 'refused' }],
    ['error', 1, { paths: 'nowhere' }],
    ['error', 1, { paths: 'good', 'allow-empty': 'yes' }],
    ['error', 1, { paths: 'good', 'fail-on': 'sometimes' }],
    ['error', 1, { paths: 'good', 'allow-remote': 'true' }],
    ['error', 1, { paths: 'good', base: 'nowhere' }],
  ])('outcome %s ends with %i: %j', async (outcome, code, inputs) => {
    const ran = await act(inputs)
    expect([ran.outputs.outcome, ran.code, ran.untouched]).toEqual([outcome, code, true])
    expect(ran.stderr).not.toMatch(/\n\s+at /)
    if (outcome === 'error') expect(ran.stderr).toMatch(/^::error::/m)
    else expect(ran.summary.length).toBeGreaterThan(0)
  })

  test('at most ten annotations of a level, the rest in the summary', async () => {
    const ran = await act({ paths: 'many\ngood' })
    expect(annotations(ran)).toHaveLength(10)
    expect(ran.stderr).toContain('5 more findings are in the job summary')
    for (let index = 0; index < 15; index++) expect(ran.summary).toContain(`${String(index).padStart(2, '0')}.yaml`)
    expect(ran.outputs).toMatchObject({ errors: '15', warnings: '0', resources: '17', unvalidated: '0' })
    expect(JSON.parse(ran.outputs.json as string)).toMatchObject({
      version: 1,
      outcome: 'invalid',
      summary: { errors: 15 },
    })
  })

  test('the format github gives every annotation once', async () => {
    const ran = await act({ paths: 'many/00.yaml', format: 'github' })
    expect(annotations(ran)).toHaveLength(1)
    expect(ran.stderr).toContain('invalid: 1 error, 0 warnings')
  })

  test('output names the file of the report, relative to the working directory', async () => {
    const ran = await act({ paths: '.', 'working-directory': 'good', format: 'sarif', output: 'report.sarif' })
    const sarif = JSON.parse(readFileSync(join(repository.root, 'good/report.sarif'), 'utf8'))
    repository.remove('good/report.sarif')
    expect([ran.code, sarif.version]).toEqual([0, '2.1.0'])
  })

  test('without the runner files nothing is written, and nothing speaks in their stead', async () => {
    const temporary = createRepository({}, { git: false })
    const env = {
      RUNNER_TEMP: temporary.root,
      GITHUB_OUTPUT: '',
      GITHUB_STEP_SUMMARY: join(temporary.root, 'no/summary'),
    }
    const ran = await runAction('validate', { cwd: repository.root, inputs: { paths: 'good' }, env })
    expect(ran.code).toBe(0)
    expect(commandsIn(`${ran.stdout}\n${ran.stderr}`).map(({ name }) => name)).toEqual(['group', 'endgroup', 'warning'])
    expect(readdirSync(temporary.root)).toEqual([expect.stringMatching(/^gitops-validate-/)])
    temporary.dispose()
  })
})

describe('on a pull request', () => {
  let repository: Repository
  let baseSha: string
  let headSha: string
  beforeAll(() => {
    const old = Array.from({ length: 12 }, (_, index) => [
      `a${String(index).padStart(2, '0')}.yaml`,
      brokenMap(`o${index}`),
    ])
    repository = createRepository({ ...Object.fromEntries(old), 'z.yaml': configMap('z') })
    baseSha = repository.commit('Base')
    repository.git('switch', '--quiet', '--create', 'change')
    repository.write({ 'z.yaml': brokenMap('z'), '.gitops.yaml': 'validate: { ignore: ["**"] }\n' })
    headSha = repository.commit('Change')
    repository.git('switch', '--quiet', 'main')
    repository.git('merge', '--quiet', '--no-ff', '--message', 'Merge', 'change')
  })
  afterAll(() => repository.dispose())

  function clone(...args: string[]): Repository {
    const copy = createRepository({}, { git: false })
    copy.git('clone', '--quiet', ...args, `file://${repository.root}`, 'clone')
    return { ...copy, root: join(copy.root, 'clone'), dispose: copy.dispose }
  }

  function event(overrides: { base?: string; fork?: boolean } = {}) {
    const repo = { full_name: 'owner/repo' }
    const head = { sha: headSha, ref: 'change', repo: overrides.fork ? { full_name: 'stranger/repo' } : repo }
    return JSON.stringify({
      pull_request: { number: 7, head, base: { sha: overrides.base ?? baseSha, ref: 'main', repo } },
    })
  }

  async function act(cwd: string, payload: string, inputs: Record<string, string> = {}, name = 'pull_request') {
    const runner = createRunner()
    writeFileSync(join(runner.folder.root, 'event.json'), payload)
    const env = {
      ...runner.env,
      GITHUB_EVENT_NAME: name,
      GITHUB_EVENT_PATH: join(runner.folder.root, 'event.json'),
    }
    const ran = await runAction('validate', { cwd, inputs: { paths: '.', ...inputs }, env })
    const result = { ...ran, outputs: runner.outputs(), summary: runner.summary() }
    runner.folder.dispose()
    return result
  }

  test('fetch-depth 2: what is new decides, and stands first among the annotations', async () => {
    const checkout = clone('--depth=2')
    const ran = await act(checkout.root, event({ fork: true }))
    const found = annotations(ran)
    expect([ran.code, found.length]).toEqual([1, 10])
    expect(found[0]?.properties).toMatchObject({ file: 'z.yaml', line: '5' })
    const { findings } = JSON.parse(ran.outputs.json as string)
    expect(findings.filter((each: { introduced: boolean }) => each.introduced)).toEqual([
      expect.objectContaining({ file: 'z.yaml', rule: 'schema/invalid' }),
    ])
    checkout.dispose()
  })

  test('fetch-depth 1: the base is fetched from the remote of the clone', async () => {
    const checkout = clone('--depth=1')
    expect((await act(checkout.root, event())).outputs).toMatchObject({ outcome: 'invalid', errors: '13' })
    checkout.dispose()
  })

  test('a base that cannot be had is an error that names fetch-depth: 2', async () => {
    const checkout = clone('--depth=1')
    for (const base of ['f'.repeat(40), '--upload-pack=touch x', '']) {
      const ran = await act(checkout.root, event({ base }))
      expect([ran.code, ran.outputs.outcome]).toEqual([1, 'error'])
      expect(ran.stderr).toMatch(/^::error::.*fetch-depth: 2/m)
    }
    expect(existsSync(join(checkout.root, 'x'))).toBe(false)
    checkout.dispose()
  })

  test('pull_request_target is refused for a fork, and is fine for a branch', async () => {
    const ran = await act(repository.root, event({ fork: true }), {}, 'pull_request_target')
    expect([ran.code, ran.outputs.outcome, ran.stdout]).toEqual([1, 'error', ''])
    expect(ran.stderr).toMatch(/^::error::.*use on: pull_request,/m)
    expect((await act(repository.root, event(), {}, 'pull_request_target')).outputs.outcome).toBe('invalid')
  })

  test('the native renderer is refused for a fork', async () => {
    const ran = await act(repository.root, event({ fork: true }), { renderer: 'native' })
    expect([ran.code, ran.outputs.outcome]).toEqual([1, 'error'])
    expect(ran.stderr).toMatch(/^::error::.*fork/m)
  })

  test.each([['not JSON'], ['[]'], ['{"pull_request": 1}'], ['']])(
    'an event of %j is no pull request',
    async (payload) => {
      const ran = await act(repository.root, payload, { config: '/dev/null' })
      expect(ran.outputs).toMatchObject({ outcome: 'invalid', errors: '13' })
    },
  )
})
