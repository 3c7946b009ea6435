import { describe, expect, test } from 'vitest'
import { Destinations } from '../../src/validate/duplicates.ts'

/** Sources with the names of what they define; the first letter of a place is its source's. */
async function compared(sources: Readonly<Record<string, string>>, guessed: boolean) {
  const destinations = new Destinations()
  for (const [source, names] of Object.entries(sources)) {
    for (const name of names) {
      destinations.add(
        { key: 'environment prod', ...(guessed && { guessed: true as const }) },
        {
          ...{ source, resource: { apiVersion: 'v1', kind: 'ConfigMap', name } },
          place: () => ({ file: `${source}/${name}.yaml`, line: 1, column: 1 }),
        },
      )
    }
  }
  const told: string[] = []
  for await (const { later, earlier } of destinations.duplicates()) told.push(`${later.at.file} of ${earlier.file}`)
  return { told, notes: [...destinations.variants.values()] }
}

describe('where only the name of a folder says which environment it is', () => {
  test('sources that define mostly the same are clusters', async () => {
    expect(await compared({ north: 'abc', south: 'abc', west: 'abd' }, true)).toEqual({
      told: [],
      notes: [{ example: ['north', 'south'], sources: 3 }],
    })
  })

  test('but what two applications both define is a duplicate, once', async () => {
    expect(await compared({ api: 'abc', web: 'cde' }, true)).toEqual({ told: ['web/c.yaml of api/c.yaml'], notes: [] })
    const three = await compared({ api: 'xabc', north: 'xde', south: 'xde' }, true)
    expect(three.told).toEqual(['north/x.yaml of api/x.yaml', 'south/x.yaml of api/x.yaml'])
  })

  test('and so is what one source defines twice', async () => {
    expect((await compared({ north: 'aab', south: 'ab' }, true)).told).toEqual(['north/a.yaml of north/a.yaml'])
  })
})

test('where a layout says it, all is compared', async () => {
  expect((await compared({ north: 'ab', south: 'ab' }, false)).told).toEqual([
    'south/a.yaml of north/a.yaml',
    'south/b.yaml of north/b.yaml',
  ])
})
