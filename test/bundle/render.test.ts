import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandsIn } from '../unit/report-commands.ts'
import { gitops } from './gitops.ts'
import { configMap, createRepository, type Repository } from './repository.ts'

let repository: Repository
beforeAll(() => {
  repository = createRepository({
    'good/kustomization.yaml': 'resources: [map.yaml]\n',
    'good/map.yaml': configMap('good'),
    'bracket/kustomization.yaml': 'resources: [map.yaml]\n',
    'bracket/map.yaml': configMap('bracket', { a: '"##[add-path]/tmp"' }),
    'colons/Chart.yaml': 'apiVersion: v2\nname: colons\nversion: 1.0.0\n',
    'colons/templates/map.yaml': `${configMap('colons')}\n  block: |\n    ::add-mask::x\n`,
  })
})
afterAll(() => repository.dispose())

const inActions = { GITHUB_ACTIONS: 'true' }

describe('in GitHub Actions nothing that is rendered speaks to the runner', () => {
  test.each([['bracket'], ['colons']])('%s', async (folder) => {
    const ran = await gitops(['render', folder], { cwd: repository.root, env: inActions })
    expect(ran).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('write it with --output FILE') })
    const elsewhere = await gitops(['render', folder], { cwd: repository.root })
    expect([elsewhere.code, commandsIn(elsewhere.stdout).length]).toEqual([0, 1])

    const written = await gitops(['render', folder, '--output', 'all.yaml'], { cwd: repository.root, env: inActions })
    expect([written.code, readFileSync(join(repository.root, 'all.yaml'), 'utf8')]).toEqual([0, elsewhere.stdout])
    repository.remove('all.yaml')
  })

  test('other manifests are printed as they are', async () => {
    const ran = await gitops(['render', 'good'], { cwd: repository.root, env: inActions })
    expect([ran.code, ran.stdout]).toEqual([0, (await gitops(['render', 'good'], { cwd: repository.root })).stdout])
  })
})
