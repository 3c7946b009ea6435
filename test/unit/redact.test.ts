import { describe, expect, test } from 'vitest'
import { createTree } from '../../src/repository/tree.ts'
import { openFiles } from '../../src/source/files.ts'
import { redact } from '../../src/source/redact.ts'
import { DEFAULT_YAML_LIMITS } from '../../src/yaml/limits.ts'

function redactWith(message: string, written: Record<string, string>): string {
  const tree = createTree(Object.keys(written), (path) => Buffer.from(written[path] as string))
  return redact(message, openFiles(tree, DEFAULT_YAML_LIMITS), Object.keys(written))
}

const secret = (fields: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: named }\n${fields}\n`

describe('secret values leave a tool’s message', () => {
  test.each<[what: string, written: Record<string, string>, message: string, told: string]>([
    ['stringData', { 'a.yaml': secret('stringData: { a: hunter22 }') }, 'bad hunter22!', 'bad …!'],
    ['data, and what it decodes to', { 'a.yaml': secret('data: { a: aHVudGVyMjI= }') }, 'aHVudGVyMjI= hunter22', '… …'],
    ['every line of a value', { 'a.yaml': secret('stringData: { a: "line1\\nline2" }') }, 'at line2: line1', 'at …: …'],
    ['a value as JSON has it', { 'a.yaml': secret(`stringData: { a: 'qu"ote' }`) }, 'got "qu\\"ote"', 'got "…"'],
    [
      'a Secret in a List',
      { 'a.yaml': `kind: List\nitems: [${JSON.stringify({ kind: 'Secret', data: { a: 'hunter22' } })}]` },
      'hunter22',
      '…',
    ],
    [
      'values named like credentials',
      { 'values.yaml': 'db: { adminPassword: hunter22, apiKey: key-1234 }' },
      'hunter22 key-1234',
      '… …',
    ],
    ['environment variables', { 'a.yaml': 'env: [{ name: DB_PASSWORD, value: hunter22 }]' }, 'hunter22', '…'],
    [
      'literals of a generator',
      { 'k/kustomization.yaml': 'secretGenerator: [{ literals: [a=hunter22, hunter33] }]' },
      '[a=hunter22 hunter33]',
      '[a=… …]',
    ],
    [
      'its env files',
      { 'k/kustomization.yaml': 'secretGenerator: [{ envs: [x.env] }]', 'k/x.env': 'A="hunter22"\nhunter33\n' },
      'hunter22, hunter33',
      '…, …',
    ],
    ['the longest first', { 'a.yaml': secret('stringData: { a: hunter, b: hunter22 }') }, 'hunter22', '…'],
    [
      'nothing else',
      { 'a.yaml': 'kind: ConfigMap\ndata: { a: hunter22 }\nsecretName: hunter22' },
      'hunter22',
      'hunter22',
    ],
    ['nothing too short to tell', { 'a.yaml': secret('stringData: { a: yes, b: "1" }') }, 'yes 1', 'yes 1'],
    ['nothing where a file cannot be read', { 'a.yaml': 'kind: [', 'b.png': 'x' }, 'text', 'text'],
  ])('%s', (_, written, message, told) => {
    expect(redactWith(message, written)).toBe(told)
  })
})
