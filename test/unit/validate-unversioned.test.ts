import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listUnversioned } from '../../src/repository/unversioned.ts'
import { readWorktree } from '../../src/repository/worktree.ts'
import { folderOfFiles, placed, validatedIn } from './validate-world.ts'

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n'
const FILES = {
  'top.yaml': MAP,
  'apps/web/base/kustomization.yaml': 'resources: [map.yaml]\n',
  'apps/web/base/map.yaml': MAP,
  'apps/web/prod/kustomization.yaml':
    'resources:\n  - "../base"\ncomponents: [../../../common/a, ../../../common/b]\npatches: [{ path: ../patch.yaml }]\n',
  'apps/web/patch.yaml': MAP,
  'common/a/kustomization.yaml': 'kind: Component\nresources: [../../library/x.yaml]\n',
  'common/b/kustomization.yaml': 'kind: Component\n',
  'library/x.yaml': MAP,
  'library/y.yaml': MAP,
  'elsewhere/broken/kustomization.yaml': 'resources: [',
}

describe('outside a repository, what is read', () => {
  test.each<[named: string[], listed: string[]]>([
    [[], Object.keys(FILES)],
    [[''], Object.keys(FILES)],
    [['apps/web/base'], ['top.yaml', 'apps/web/base/kustomization.yaml', 'apps/web/base/map.yaml']],
    [
      ['apps/web/prod'],
      Object.keys(FILES).filter((path) => !path.startsWith('elsewhere') && path !== 'library/y.yaml'),
    ],
    [['library/y.yaml'], ['top.yaml', 'library/y.yaml']],
    [['gone'], ['top.yaml']],
  ])('for %j', (named, listed) => {
    expect(listUnversioned(folderOfFiles(FILES), named).sort()).toEqual([...listed].sort())
  })

  test('all, where the folder says that it is a repository', () => {
    const files = { ...FILES, '.gitops.yaml': '' }
    expect(listUnversioned(folderOfFiles(files), ['library']).sort()).toEqual(Object.keys(files).sort())
  })

  test('nothing above the folder, whatever a kustomization names', () => {
    const folder = folderOfFiles({
      'in/a/kustomization.yaml': 'resources: [../../../../.., ../../out]\n',
      'out/b.yaml': '',
    })
    expect(listUnversioned(join(folder, 'in'), ['a'])).toEqual(['a/kustomization.yaml'])
  })
})

test('validate PATH works as in a repository', async () => {
  const { report } = await validatedIn(folderOfFiles(FILES), ['apps/web/base', 'library'])
  expect(report.summary).toMatchObject({ resources: 3, errors: 1 })
  expect(report.findings.map(placed)).toEqual(['resource/duplicate library/y.yaml:3:19'])
})

test('a file or folder that vanishes meanwhile is passed over', async () => {
  const folder = folderOfFiles(FILES)
  const tree = await readWorktree(folder, undefined, { file: 1000 })
  rmSync(join(folder, 'library'), { recursive: true })
  expect(tree.read('library/x.yaml')).toBeUndefined()
  expect(tree.skipped.get('library/x.yaml')).toBe('gone since it was listed')
  expect(listUnversioned(join(folder, 'library'), ['x.yaml'])).toEqual([])
})
