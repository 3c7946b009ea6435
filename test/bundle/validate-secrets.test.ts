import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitops, runAction } from './gitops.ts'
import { createRepository, type Repository } from './repository.ts'

/**
 * A value nobody may see again, planted wherever a repository can hold one, always beside something wrong: what is said
 * about the fault must not quote its neighbour. In Base64, too.
 */
const CANARY = 'CANARYs3cr3t'
/** A password of digits, which every reader takes for a number. */
const NUMBER = '8412907356'
const ENCODED = Buffer.from(CANARY).toString('base64')
const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n'

let repository: Repository
beforeAll(() => {
  repository = createRepository({
    // Wrong types, unknown fields and forms within a Secret.
    'secret/list.yaml': `${SECRET}data:\n  - ${CANARY}\n`,
    'secret/number.yaml': `${SECRET.replace('name: s', 'name: n')}stringData:\n  password:\n    nested: ${CANARY}\n`,
    'secret/base64.yaml': `${SECRET.replace('name: s', 'name: b')}data:\n  password: ${CANARY}!\n  other: ${ENCODED}\n`,
    'secret/field.yaml': `${SECRET.replace('name: s', 'name: f')}strnigData: { password: ${CANARY} }\ntype: [${CANARY}]\n`,
    'secret/string.yaml': `${SECRET.replace('name: s', 'name: t')}stringData: ${CANARY}\n`,
    'secret/duplicate.yaml': `${SECRET.replace('name: s', 'name: d')}stringData:\n  a: ${CANARY}\n  a: ${CANARY}\n`,
    'secret/version.yaml': `apiVersion: v2\nkind: Secret\nmetadata: { name: v }\nstringData: { a: ${CANARY} }\n`,
    'secret/wide.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: w }\nstringData: { a: no, b: yes, c: 0o4242, d: 1_4242 }\n`,
    'secret/list-kind.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: l }\n    data: ${CANARY}\n`,
    'secret/applied.yaml': `${SECRET.replace('name: s', `name: a\n  annotations: { x: [${CANARY}] }`)}`,
    'secret/s.json': `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"j"},"data":{"a":["${CANARY}"]}}`,
    // Text that is no YAML.
    'syntax/indent.yaml': `${SECRET}stringData:\n  a: ${CANARY}\n b: ${CANARY}\n`,
    'syntax/quote.yaml': `${SECRET}stringData:\n  a: "${CANARY}\n`,
    'syntax/tag.yaml': `${SECRET}stringData:\n  a: !${CANARY} ${CANARY}\n  b: *${CANARY}\n`,
    'syntax/tab.yaml': `${SECRET}stringData:\n\ta: ${CANARY}\n`,
    'syntax/colon.yaml': `password: ${CANARY}: ${CANARY}\n`,
    'syntax/escape.yaml': `password: "\\q${CANARY}"\n`,
    'syntax/json.json': `{"password": "${CANARY}" "x"}`,
    'syntax/control.yaml': `password: ${CANARY}\u0001\n`,
    // Values that a chart puts into a Secret, and beside what fails.
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/values.yaml': `password: ${CANARY}\nlist: [${CANARY}]\n`,
    'chart/templates/s.yaml': `${SECRET.replace('name: s', 'name: c')}stringData:\n  a: {{ .Values.password }}\n  b: {{ .Values.list }}\n`,
    'failing/Chart.yaml': 'apiVersion: v2\nname: failing\nversion: 1.0.0\n',
    'failing/values.yaml': `password: ${CANARY}\n`,
    'failing/templates/s.yaml': `${SECRET}stringData:\n  a: {{ fail (printf "no %s" .Values.password) }}\n`,
    'typed/Chart.yaml': 'apiVersion: v2\nname: typed\nversion: 1.0.0\n',
    'typed/values.yaml': `password: ${CANARY}\n`,
    'typed/templates/s.yaml': `${SECRET}stringData:\n  a: {{ .Values.password.nested }}\n`,
    'unreadable/Chart.yaml': 'apiVersion: v2\nname: unreadable\nversion: 1.0.0\n',
    'unreadable/values.yaml': `password: "a\\n${CANARY}: ["\n`,
    'unreadable/templates/s.yaml': `${SECRET}stringData:\n  a: {{ .Values.password }}\n`,
    'schema/Chart.yaml': 'apiVersion: v2\nname: schema\nversion: 1.0.0\n',
    'schema/values.yaml': `password: ${CANARY}\n`,
    'schema/values.schema.json': '{"properties":{"password":{"enum":["a"],"pattern":"^b$"}}}',
    'schema/templates/s.yaml': `${SECRET}stringData: { a: {{ .Values.password }} }\n`,
    // Generators, literals and env files.
    'generator/kustomization.yaml': `secretGenerator:\n  - name: g\n    literals: [password=${CANARY}, ${CANARY}]\n    envs: [.env]\n`,
    'generator/.env': `PASSWORD=${CANARY}\n`,
    'generated/kustomization.yaml': `secretGenerator:\n  - name: g\n    literals: [password=${CANARY}]\n    files: [key.pem]\n`,
    'generated/key.pem': `${CANARY}\n`,
    'env/kustomization.yaml': 'secretGenerator:\n  - name: g\n    envs: [bad.env]\n',
    'env/bad.env': `1 X=${CANARY}\n=${CANARY}\n${CANARY}\n`,
    'patch/kustomization.yaml': `resources: [s.yaml]\npatches:\n  - patch: |-\n      - op: test\n        path: /stringData/a\n        value: ${CANARY}\n    target: { kind: Secret }\n`,
    'patch/s.yaml': `${SECRET}stringData: { a: x${CANARY} }\n`,
    'merge/kustomization.yaml': 'resources: [s.yaml]\npatches: [{ path: p.yaml }]\n',
    'merge/s.yaml': `${SECRET}stringData: { a: x }\n`,
    'merge/p.yaml': `${SECRET.replace('name: s', 'name: other')}stringData: { a: ${CANARY} }\n`,
    'broken/kustomization.yaml': 'resources: [s.yaml]\n',
    'broken/s.yaml': `${SECRET}stringData:\n  a: ${CANARY}\n b: ${CANARY}\n`,
    // A container's environment, as many have it.
    'pod/lines.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: l\nspec:\n  containers:\n    - name: c\n      image: a:1\n      env:\n        - name: PASSWORD\n          value: [${CANARY}]\n        - name: OTHER_TOKEN\n          value: ${NUMBER}\n        - value: ${NUMBER}\n          name: DB_PASSWD\n`,
    'pod/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - name: c\n      image: a:1\n      env:\n        - { name: PASSWORD, value: { x: ${CANARY} } }\n`,
  })
})
afterAll(() => repository.dispose())

/** The canary and its forms, wherever they stand; the name of a rule or a file may never hide one. */
function leaks(text: string): string[] {
  const forms = [
    CANARY,
    NUMBER,
    '0o4242',
    '1_4242',
    ENCODED,
    encodeURIComponent(ENCODED),
    Buffer.from(`${CANARY}\n`).toString('base64'),
  ]
  return text.split('\n').filter((line) => forms.some((form) => line.includes(form)))
}

test.concurrent.each([['text'], ['json']])('no value is told in %s', async (format) => {
  const ran = await gitops(['validate', '--verbose', '--format', format], { cwd: repository.root })
  expect(leaks(ran.stdout + ran.stderr)).toEqual([])
  expect(ran.code).toBe(1)
  expect(ran.stdout).toContain('secret/plaintext')
})

test('no value is told by the action, nor left behind', async () => {
  const runner = createRepository({ output: '', summary: '', env: '', path: '' }, { git: false })
  const ran = await runAction('validate', {
    cwd: repository.root,
    inputs: { paths: '.' },
    env: {
      RUNNER_DEBUG: '1',
      RUNNER_TEMP: runner.root,
      TMPDIR: runner.root,
      GITHUB_OUTPUT: join(runner.root, 'output'),
      GITHUB_STEP_SUMMARY: join(runner.root, 'summary'),
      GITHUB_ENV: join(runner.root, 'env'),
      GITHUB_PATH: join(runner.root, 'path'),
    },
  })
  const left = readdirSync(runner.root).sort()
  const texts = left.map((name) => readFileSync(join(runner.root, name), 'utf8'))
  expect(leaks([ran.stdout, ran.stderr, ...texts].join('\n'))).toEqual([])
  expect(left).toEqual(['env', expect.stringMatching(/^gitops-validate-.*\.json$/), 'output', 'path', 'summary'])
  expect(texts.map((text) => text === '')).toEqual([true, false, false, true, false])
  runner.dispose()
})
