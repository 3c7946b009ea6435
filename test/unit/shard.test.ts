import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sources } from '../../src/source/discover.ts'
import { shardOf } from '../../src/validate/shard.ts'

function sourcesOf(folders: string[], plain: string[]): Sources {
  const kustomizations = folders.map((folder) => ({ root: { folder } })) as unknown as Sources['kustomizations']
  return { kustomizations, charts: [], plain, accounted: new Map() }
}

const folder = fc.stringMatching(/^[a-d]\/[a-z]{1,3}$/)
const folders = fc.uniqueArray(folder, { maxLength: 20 })
/** The first letter is the cluster. */
const destination = (path: string) => path.slice(0, 1)

test('every source and file is in exactly one shard, and a destination never in two', () => {
  fc.assert(
    fc.property(folders, fc.uniqueArray(folder), fc.integer({ min: 1, max: 9 }), (kustomizations, plain, count) => {
      const sources = sourcesOf(kustomizations, plain)
      const shards = Array.from({ length: count }, (_, at) => shardOf(sources, { index: at + 1, count }, destination))
      const told = shards.map((each) => [...each.kustomizations.map(({ root }) => root.folder), ...each.plain])
      expect(told.flat().sort()).toEqual([...kustomizations, ...plain].sort())
      const holders = new Map<string, Set<number>>()
      for (const [index, paths] of told.entries())
        for (const path of paths)
          holders.set(path[0] as string, (holders.get(path[0] as string) ?? new Set()).add(index))
      for (const shardsOfOne of holders.values()) expect(shardsOfOne.size).toBe(1)
    }),
  )
})

test('work is spread where destinations allow it', () => {
  const sources = sourcesOf(
    Array.from({ length: 12 }, (_, index) => `${index}`),
    [],
  )
  const sizes = [1, 2, 3].map((index) => shardOf(sources, { index, count: 3 }, (path) => path).kustomizations.length)
  expect(sizes).toEqual([4, 4, 4])
})
