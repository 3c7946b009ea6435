import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { command } from './command-world.ts'
import { Repository } from './rollback-repository.ts'

const repositories: Repository[] = []
afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

const CHAIN = 'layout: envs/{env}/{app}\nenvironments:\n  dev:\n  prod: { from: dev }\n'
const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
const FILES = {
  'envs/dev/web/values.yaml': 'image:\n  repository: web\n  tag: v2\n',
  'envs/prod/web/values.yaml': 'image:\n  repository: web\n  tag: v1\n',
  'a.yaml': MANIFEST,
}

function repositoryOf(files: Record<string, string>): Repository {
  const repository = new Repository()
  repositories.push(repository)
  repository.commit({ ...FILES, ...files })
  return repository
}

const REFUSED: [name: string, text: string][] = [
  ['.gitops.yml', CHAIN],
  ['.gitops.yml', ''],
  ['gitops.yaml', CHAIN],
  ['gitops.yml', 'promote: [images]\n'],
  ['.github/gitops.yaml', 'validate: {}\n'],
  ['.github/.gitops.yaml', 'environments: {}\n'],
]

test.each(REFUSED)('%s with %j is not taken for no configuration', async (name, text) => {
  const { root } = repositoryOf({ [name]: text })
  const refusal = { code: 2, stdout: '', stderr: expect.stringContaining(`Found ${name}; the configuration is named`) }
  for (const args of [
    ['promote', '--dry-run'],
    ['rollback', '--app=web', '--environment=prod'],
    ['validate'],
    ['validate', '--base=HEAD'],
    ['diff', '--base=HEAD'],
  ])
    expect(await command(args, root), args.join(' ')).toMatchObject(refusal)
})

test.each([
  ['gitops.yaml', MANIFEST],
  ['gitops.yml', 'apiVersion: x/v1\nkind: X\nmetadata: { name: x }\npromote: true\n'],
  ['.github/gitops.yaml', 'name: what another program reads\n'],
  ['.github/gitops.yaml', 'layout: [\n'],
])('%s with %j is another file', async (name, text) => {
  const { root } = repositoryOf({ [name]: text })
  expect((await command(['promote', '--dry-run'], root)).stderr).not.toContain('Found')
  expect((await command(['validate', 'a.yaml'], root)).stderr).not.toContain('Found')
})

test('beside the right one, or where one is named, no other counts', async () => {
  const { root } = repositoryOf({ '.gitops.yml': CHAIN })
  for (const args of [
    ['promote', '--dry-run'],
    ['validate', 'a.yaml'],
    ['diff', '--base=HEAD'],
  ])
    expect((await command([...args, '--config=.gitops.yml'], root)).stderr).not.toContain('Found')
  const both = repositoryOf({ '.gitops.yml': CHAIN, '.gitops.yaml': CHAIN })
  expect((await command(['promote', '--dry-run'], both.root)).stderr).not.toContain('Found')
})

test('a change may rename it to what it is named, but not away from it', async () => {
  const wrong = repositoryOf({ '.gitops.yml': CHAIN })
  renameSync(join(wrong.root, '.gitops.yml'), join(wrong.root, '.gitops.yaml'))
  for (const args of [
    ['validate', '--base=HEAD', 'a.yaml'],
    ['diff', '--base=HEAD'],
  ])
    expect(await command(args, wrong.root), args.join(' ')).toMatchObject({ code: 0 })
  const right = repositoryOf({ '.gitops.yaml': CHAIN })
  rmSync(join(right.root, '.gitops.yaml'))
  writeFileSync(join(right.root, '.gitops.yml'), CHAIN)
  expect(await command(['validate', '--base=HEAD', 'a.yaml'], right.root)).toMatchObject({ code: 2 })
})
