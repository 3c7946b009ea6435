import { afterEach, expect, test } from 'vitest'
import { gitops } from './gitops.ts'
import { createRepository, type Repository } from './repository.ts'

let repository: Repository
afterEach(() => repository.dispose())

const TREE = {
  'base/kustomization.yaml': 'resources: [map.yaml]\n',
  'envs/prod/kustomization.yaml': 'resources: [../../base]\n',
  'envs/staging/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: patch.yaml }]\n',
  'envs/staging/patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { b: c }\n',
}
const map = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n${data}`

test.each([
  ['bad indentation', map('  a: 1: 2\n'), 'yaml/syntax', 6, 7],
  ['a tab', map('\ta: x\n'), 'yaml/syntax', 6, 1],
  ['a key twice', map('  a: x\n  a: y\n'), 'yaml/duplicate-key', 7, 3],
])('%s in a file of a base is one finding in that file', async (_, text, rule, line, column) => {
  repository = createRepository({ ...TREE, 'base/map.yaml': text })
  const { code, stdout } = await gitops(['validate', '--format', 'json'], { cwd: repository.root })
  expect(code).toBe(1)
  expect(JSON.parse(stdout).findings).toMatchObject([{ rule, file: 'base/map.yaml', line, column, sources: 2 }])
})

test('a patch that is no YAML is named itself', async () => {
  repository = createRepository({ ...TREE, 'base/map.yaml': map('  a: x\n'), 'envs/staging/patch.yaml': 'a: [\n' })
  const { stdout } = await gitops(['validate', '--format', 'json'], { cwd: repository.root })
  expect(JSON.parse(stdout).findings).toMatchObject([{ rule: 'yaml/syntax', file: 'envs/staging/patch.yaml' }])
})
