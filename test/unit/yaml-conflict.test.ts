import { expect, test } from 'vitest'
import { DEFAULT_YAML_LIMITS } from '../../src/yaml/limits.ts'
import { readYaml } from '../../src/yaml/read.ts'
import { placed, validated } from './validate-world.ts'

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n'
const CONFLICT = '<<<<<<< HEAD\n  a: b\n=======\n  a: c\n>>>>>>> other\n'

test.each<[what: string, text: string, line: number]>([
  ['in a mapping', MANIFEST + CONFLICT, 5],
  ['at the beginning', `${CONFLICT}${MANIFEST}  a: b\n`, 1],
  ['over documents', `${MANIFEST}<<<<<<< HEAD\n  a: b\n---\na: 1\n=======\n  a: c\n>>>>>>> other\n---\nb: [\n`, 5],
  ['with the version both come from', `${MANIFEST}<<<<<<< HEAD\n  a: b\n||||||| base\n  a: a\n=======\n>>>>>>> x\n`, 5],
  ['with CRLF', (MANIFEST + CONFLICT).replaceAll('\n', '\r\n'), 5],
  ['in JSON', '{\n<<<<<<< HEAD\n  "a": 1\n=======\n  "a": 2\n>>>>>>> other\n}\n', 2],
])('a merge conflict %s is the only thing said of the file', (_, text, line) => {
  const yaml = readYaml(text, DEFAULT_YAML_LIMITS)
  expect(yaml.problems).toEqual([
    expect.objectContaining({
      rule: 'yaml/syntax',
      message: expect.stringContaining('this file holds a merge conflict that was not resolved'),
    }),
  ])
  expect(yaml.positions.at(yaml.problems[0]?.offset ?? -1)).toEqual({ line, column: 1 })
})

test.each([
  ['in a block scalar', `${MANIFEST}  text: |\n${CONFLICT.replace(/^/gm, '    ')}`, 0],
  ['of which a marker is missing', `${MANIFEST}<<<<<<< HEAD\n  a: b\n`, 1],
])('no conflict: one %s', (_, text, problems) => {
  const said = readYaml(text, DEFAULT_YAML_LIMITS).problems.map(({ message }) => message)
  expect(said).toHaveLength(problems)
  expect(said.join()).not.toContain('conflict')
})

test('also in a kustomization, and in what it reads', async () => {
  const { report } = await validated({
    'a/kustomization.yaml': '<<<<<<< HEAD\nresources: [a.yaml]\n=======\nresources: [b.yaml]\n>>>>>>> other\n',
    'b/kustomization.yaml': 'resources: [a.yaml]\n',
    'b/a.yaml': MANIFEST + CONFLICT,
  })
  expect(report.findings.map(placed)).toEqual(['yaml/syntax a/kustomization.yaml:1:1', 'yaml/syntax b/a.yaml:5:1'])
})
