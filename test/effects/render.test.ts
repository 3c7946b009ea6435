import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { command } from './command-world.ts'
import { configMap, type Files, Repository } from './diff-repository.ts'

const FILES: Files = {
  'shared/app.properties': 'level=info\n',
  'app/kustomization.yaml': 'configMapGenerator: [{ name: web, files: [../shared/app.properties] }]\n',
  'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'chart/templates/map.yaml': configMap('c', '"{{ .Capabilities.KubeVersion.Minor }}"'),
}

const FLUX = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: app, namespace: flux-system }
spec: { path: ./app, interval: 1m, prune: true, sourceRef: { kind: GitRepository, name: this } }
`

describe('render obeys the configuration', () => {
  let repository: Repository
  beforeAll(() => {
    repository = new Repository(FILES)
  })
  afterEach(() => {
    repository.git('clean', '--quiet', '--force', '-d')
  })
  afterAll(() => repository.dispose())

  async function render(files: Files, ...args: string[]) {
    repository.write(files)
    return command(['render', ...args], repository.root)
  }

  const REFUSED = { code: 3, stdout: '', stderr: expect.stringContaining('is not in or below') }
  const RENDERED = { code: 0, stdout: expect.stringContaining('level=info'), stderr: '' }
  const FREE = 'validate: { load-restrictor: none }\n'

  test.each<[what: string, files: Files, args: string[], expected: object]>([
    ['a file outside the folder is refused', {}, [], REFUSED],
    ['unless load-restrictor allows it', { '.gitops.yaml': FREE }, [], RENDERED],
    ['in a file of another name, too', { 'other.yaml': FREE }, ['--config', 'other.yaml'], RENDERED],
    ['or Flux applies the folder, which restricts nothing', { 'flux.yaml': FLUX }, [], RENDERED],
  ])('%s', async (_, files, args, expected) => {
    expect(await render(files, 'app', ...args)).toMatchObject(expected)
  })

  test.each<[what: string, config: string, args: string[], minor: string]>([
    ['the version of the configuration', 'validate: { kubernetes: "1.33" }\n', [], '33'],
    [
      'of the environment before it',
      'validate: { kubernetes: "1.33" }\nenvironments: { prod: { path: chart, kubernetes: "1.32" } }\n',
      [],
      '32',
    ],
    ['of the command line before all', 'validate: { kubernetes: "1.33" }\n', ['--kubernetes-version', '1.34'], '34'],
  ])('charts are told %s', async (_, config, args, minor) => {
    const { stdout } = await render({ '.gitops.yaml': config }, 'chart', ...args)
    expect(stdout).toContain(`a: "${minor}"`)
  })

  test('a configuration that is broken ends with 2', async () => {
    const told = await render({ '.gitops.yaml': 'validat: {}\n' }, 'app')
    expect(told).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('.gitops.yaml:1:1') })
  })

  test('a file beyond limits.file is not read', async () => {
    const files = {
      '.gitops.yaml': 'limits: { file: 1KiB }\n',
      'large/kustomization.yaml': 'resources: [map.yaml]\n',
      'large/map.yaml': `${configMap('large', 'x')}# ${'x'.repeat(1024)}\n`,
    }
    expect(await render(files, 'large')).toMatchObject({ code: 3, stdout: '' })
    expect(await render({ '.gitops.yaml': '' }, 'large')).toMatchObject({ code: 0, stderr: '' })
  })
})
