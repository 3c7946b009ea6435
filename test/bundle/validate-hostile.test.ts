import { afterAll, beforeAll, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { brokenMap, createRepository, type Repository } from './repository.ts'

const laughs = Array.from(
  { length: 9 },
  (_, index) => `a${index + 1}: &a${index + 1} [${Array(9).fill(`*a${index}`).join(', ')}]`,
)
const META = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: '

/** Files that have brought other readers down, each with what must be said of it, and nothing of the others lost. */
const FILES: Record<string, [text: string | Buffer, rules: string[]]> = {
  'bomb/laughs.yaml': [`${META}laughs\na0: &a0 x\n${laughs.join('\n')}\n`, ['yaml/limit']],
  'bomb/merge.yaml': [
    `${META}merge\nb: &b { a: 1 }\nc:\n${Array.from({ length: 3 }, () => '  <<: *b\n').join('')}`,
    ['schema/unknown-field', 'schema/unknown-field'],
  ],
  'deep/brackets.yaml': ['['.repeat(100_000), ['yaml/limit']],
  'deep/mappings.yaml': [
    Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    ['yaml/limit'],
  ],
  'deep/dashes.yaml': ['- '.repeat(50_000), ['yaml/limit']],
  'deep/json.json': ['{"a":'.repeat(50_000), ['yaml/limit']],
  'alias/self.yaml': [`${META}self\ndata: &a { a: *a }\n`, ['yaml/syntax']],
  'alias/unknown.yaml': [`${META}unknown\ndata: *nothing\n`, ['yaml/syntax']],
  'keys/proto.yaml': [
    `${META}proto\n__proto__: { polluted: true }\nconstructor: 1\ndata: { __proto__: x, toString: "y" }\n`,
    ['schema/unknown-field', 'schema/unknown-field'],
  ],
  'keys/complex.yaml': [`${META}complex\ndata:\n  ? [a, b]\n  : x\n`, ['yaml/syntax']],
  'text/tag.yaml': [`${META}tag\ndata: !!js/function "x"\n`, ['yaml/syntax', 'schema/invalid']],
  'text/nul.yaml': [Buffer.from(`${META}nul\u0000\n`), ['yaml/encoding']],
  'text/utf8.yaml': [Buffer.concat([Buffer.from(META), Buffer.from([0xff, 0xfe, 10])]), ['yaml/encoding']],
  'text/tab.yaml': [`${META}tab\ndata:\n\ta: x\n`, ['yaml/syntax']],
  'text/quote.yaml': [`${META}quote\ndata: "open\n`, ['yaml/syntax']],
  'many/keys.yaml': [
    `${META}many\ndata:\n${Array.from({ length: 40_000 }, (_, key) => `  k${key}: x\n`).join('')}`,
    [],
  ],
  'many/unknown.yaml': [
    `${META}unknown-keys\n${Array.from({ length: 300 }, (_, key) => `k${key}: x\n`).join('')}`,
    Array(300).fill('schema/unknown-field'),
  ],
  'long/line.yaml': [`${META}line\ndata: [${'x'.repeat(1_000_000)}]\n`, ['schema/invalid']],
  'regex/image.yaml': [
    `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec: { containers: [{ name: c, image: "${'a-'.repeat(20_000)}!" }] }\n`,
    ['image/missing'],
  ],
  'other/plain.yaml': [brokenMap('other'), ['schema/invalid']],
  'crd/crd.yaml': [
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gadgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Gadget, plural: gadgets }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                name: { type: string, pattern: '^(a+)+$' }
                again: { $ref: '#' }
                file: { $ref: 'file:///etc/passwd' }
`,
    // What a $ref leads to is not followed.
    ['schema/invalid', 'schema/invalid'],
  ],
  'crd/gadget.yaml': [
    `apiVersion: example.com/v1\nkind: Gadget\nmetadata: { name: g }\nspec: { name: "${'a'.repeat(64)}!" }\n`,
    ['schema/invalid'],
  ],
}

let repository: Repository
beforeAll(() => {
  repository = createRepository(Object.fromEntries(Object.entries(FILES).map(([path, [text]]) => [path, text])))
})
afterAll(() => repository.dispose())

test('hostile files end in findings of their own, quickly, and hide nothing of each other', async () => {
  const ran = await gitops(['validate', '--format', 'json'], { cwd: repository.root })
  const report = JSON.parse(ran.stdout)
  const rules: Record<string, string[]> = Object.fromEntries(Object.keys(FILES).map((path) => [path, []]))
  for (const { file, rule } of report.findings) rules[file]?.push(rule)
  expect(rules).toEqual(Object.fromEntries(Object.entries(FILES).map(([path, [, expected]]) => [path, expected])))
  expect([ran.code, ran.stderr.includes('fault of gitops')]).toEqual([1, false])
  for (const { message } of report.findings) expect(message.length).toBeLessThan(1000)
})

test('hostile kustomizations and charts end in findings, too', async () => {
  const hostile = createRepository({
    'self/kustomization.yaml': 'resources: [.]\n',
    'up/kustomization.yaml': 'resources: [../../../../etc/passwd, /etc/passwd]\n',
    'list/kustomization.yaml': '- a\n- b\n',
    'types/kustomization.yaml': 'resources: { a: 1 }\npatches: text\nimages: [1]\nconfigMapGenerator: [x]\n',
    'empty/kustomization.yaml': '',
    'binary/kustomization.yaml': Buffer.from([0xff, 0xfe, 0x00]),
    'bomb/kustomization.yaml': `a0: &a0 x\n${laughs.join('\n')}\n`,
    'exec/kustomization.yaml': 'generators: [gen.yaml]\n',
    'exec/gen.yaml':
      'apiVersion: builtin\nkind: X\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/function: |\n      exec: { path: ./run.sh }\n',
    'loop/Chart.yaml': 'apiVersion: v2\nname: loop\nversion: 1.0.0\n',
    'loop/templates/x.yaml': '{{- define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}\n',
    'host/Chart.yaml': 'apiVersion: v2\nname: host\nversion: 1.0.0\n',
    'host/templates/x.yaml': `${brokenMap('h')}{{ getHostByName "example.com" }}{{ env "HOME" }}\n`,
    'good/a.yaml': brokenMap('good'),
  })
  const ran = await gitops(['validate', '--format', 'json'], { cwd: hostile.root })
  const report = JSON.parse(ran.stdout)
  const folders = new Set(report.findings.map(({ file }: { file: string }) => file.split('/')[0]))
  expect([...folders].sort()).toEqual([
    'binary',
    'bomb',
    'empty',
    'exec',
    'good',
    'host',
    'list',
    'loop',
    'self',
    'types',
    'up',
  ])
  expect([ran.code, ran.stdout.includes('root:x:'), ran.stderr.includes('fault of gitops')]).toEqual([3, false, false])
  hostile.dispose()
})
