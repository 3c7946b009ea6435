import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandsIn } from '../unit/report-commands.ts'
import { gitops, runAction } from './gitops.ts'
import { createRepository, type Repository } from './repository.ts'

/** Commands in every form a runner takes, to stand in names, keys, values, comments and messages. */
const ATTACKS = [
  '::set-env name=A::b',
  '##[add-path]/tmp',
  '\u00a0::stop-commands::x',
  '%0A::error::x',
  '\u001b[2J\u009b2J',
]
const QUOTED = ATTACKS.map((attack) => JSON.stringify(attack))
const OURS = new Set(['error', 'warning', 'notice', 'group', 'endgroup'])
/** What would move a cursor, end a line for the runner or turn the text around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b]/

let repository: Repository
beforeAll(() => {
  const files: Record<string, string> = {
    '.gitops.yaml': `validate: { unvalidated: error }\n`,
    '::error::name.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: text\n',
    '##[error]dir/::warning file=x::.yaml': 'kind: [\n',
    'a\n::error::newline.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: nl }\ndata: text\n',
    'a\r::error::return.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cr }\ndata: text\n',
    'a\u2028b\u202ec.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: sep }\ndata: text\n',
    'comma,line=1::x.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: comma }\ndata: text\n',
    'notes/::error::x.yaml': 'hello: world\n',
    'node_modules/::error::skipped.yaml': '',
  }
  for (const [index, attack] of QUOTED.entries()) {
    files[`values/${index}.yaml`] =
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${attack}, namespace: ${attack} }\n${attack}: ${attack}\ndata: ${attack}\n`
    files[`kind/${index}.yaml`] = `apiVersion: ${attack}\nkind: ${attack}\nmetadata: { name: a }\n`
    files[`group/${index}.yaml`] =
      `apiVersion: "example.com/\\u003a:x"\nkind: ${attack}\nmetadata: { name: a, ${attack}: 1, ${attack}: 2 }\n`
    files[`line/${index}.yaml`] =
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  labels:\n    ${attack}:\n      [${attack}]\n`
    files[`image/${index}.yaml`] =
      `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: ${attack} }] }\n`
    files[`k${index}/kustomization.yaml`] = `resources: [${attack}]\n${attack}: 1\n`
    files[`chart${index}/Chart.yaml`] = `apiVersion: v2\nname: ${attack}\nversion: 1.0.0\n`
    files[`chart${index}/templates/x.yaml`] = `{{ fail ${attack} }}\n`
  }
  repository = createRepository(files)
})
afterAll(() => repository.dispose())

/** Nothing but our own commands, at the start of a line, each naming a file that exists or none. */
function foreign(output: string): string[] {
  const names = commandsIn(output).map((command) => command.name.toLowerCase())
  return names.filter((name) => !OURS.has(name))
}

test.concurrent.each([['text'], ['junit'], ['github']])(
  'no name, key, value or message speaks to the runner in %s',
  async (format) => {
    const ran = await gitops(['validate', '--verbose', '--format', format], {
      cwd: repository.root,
      env: { GITHUB_ACTIONS: 'true' },
    })
    const commands = commandsIn(`${ran.stdout}\n${ran.stderr}`)
    expect([ran.code, foreign(`${ran.stdout}\n${ran.stderr}`)]).toEqual([1, []])
    if (format !== 'github') expect(commands).toEqual([])
    expect(`${ran.stdout}${ran.stderr}`.replaceAll('\n', '')).not.toMatch(UNPRINTABLE)
    expect(ran.stdout).toContain('schema/invalid')
  },
)

test('nor in the action, and its files hold what was meant', async () => {
  const runner = createRepository({ output: '', summary: '', env: '' }, { git: false })
  const ran = await runAction('validate', {
    cwd: repository.root,
    inputs: { paths: '.' },
    env: {
      RUNNER_TEMP: runner.root,
      GITHUB_OUTPUT: join(runner.root, 'output'),
      GITHUB_STEP_SUMMARY: join(runner.root, 'summary'),
      GITHUB_ENV: join(runner.root, 'env'),
    },
  })
  const commands = commandsIn(`${ran.stdout}\n${ran.stderr}`)
  expect([ran.code, foreign(`${ran.stdout}\n${ran.stderr}`)]).toEqual([1, []])
  for (const level of ['error', 'warning', 'notice'])
    expect(commands.filter(({ name }) => name === level).length).toBeLessThanOrEqual(10)
  const files = commands.filter(({ properties }) => 'file' in properties).map(({ properties }) => properties)
  expect(files.length).toBeGreaterThan(0)
  for (const properties of files) expect(Object.keys(properties)).toEqual(['file', 'line', 'col', 'title'])
  expect(readFileSync(join(runner.root, 'env'), 'utf8')).toBe('')

  const outputs = readOutputs(readFileSync(join(runner.root, 'output'), 'utf8'))
  expect(Object.keys(outputs)).toEqual(['outcome', 'json', 'report', 'errors', 'warnings', 'resources', 'unvalidated'])
  expect(JSON.parse(outputs.json as string).findings).toEqual(
    JSON.parse(readFileSync(outputs.report as string, 'utf8')).findings,
  )
  const summary = readFileSync(join(runner.root, 'summary'), 'utf8')
  expect(summary.replaceAll('\n', '')).not.toMatch(UNPRINTABLE)
  runner.dispose()
})

/** The file as the runner reads it: `name<<delimiter`, lines, delimiter. */
function readOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (let rest = text; rest !== ''; ) {
    const [, name = '', delimiter = ''] = /^(\w+)<<(\S+)\n/.exec(rest) ?? []
    const start = name.length + 2 + delimiter.length + 1
    const end = rest.indexOf(`\n${delimiter}\n`, start - 1)
    if (end < 0) throw new Error(`no outputs: ${rest.slice(0, 80)}`)
    outputs[name] = rest.slice(start, end)
    rest = rest.slice(end + delimiter.length + 2)
  }
  return outputs
}
