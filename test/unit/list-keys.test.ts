import { describe, expect, test } from 'vitest'
import { duplicateListKeys } from '../../src/kubernetes/list-keys.ts'
import type { Schema } from '../../src/kubernetes/schema.ts'

const byName: Schema = { type: 'array', listType: 'map', listKeys: ['name'] }
const byPort: Schema = { type: 'array', listType: 'map', listKeys: ['containerPort', 'protocol'] }
const set: Schema = { type: 'array', listType: 'set' }
const atomic: Schema = { type: 'array', listType: 'atomic' }

describe('items of an associative list that share their keys', () => {
  test.each<[what: string, schema: Schema, items: unknown[], repeated: number[]]>([
    ['different names', byName, [{ name: 'a' }, { name: 'b' }], []],
    ['the same name', byName, [{ name: 'a', value: 1 }, { name: 'b' }, { name: 'a' }, { name: 'a' }], [2, 3]],
    ['items without the key are the schema’s business', byName, [{}, {}], []],
    ['items that are no mappings, too', byName, ['a', 'a', null, null, 1], []],
    ['a name as number is not the name as string', byName, [{ name: 1 }, { name: '1' }], []],
    ['one port, two protocols', byPort, [{ containerPort: 53 }, { containerPort: 53, protocol: 'UDP' }], []],
    ['one port, the protocol filled in', byPort, [{ containerPort: 53 }, { containerPort: 53, protocol: 'TCP' }], [1]],
    ['null is absent', byPort, [{ containerPort: 1, protocol: null }, { containerPort: 1 }], [1]],
    [
      'keys of prototypes are keys as any',
      byName,
      [{ name: '__proto__' }, { name: 'constructor' }, { name: '__proto__' }],
      [2],
    ],
    ['a set', set, ['a', 'b', 'a', 1, '1', 1], [2, 5]],
    ['a list without keys', atomic, ['a', 'a'], []],
    ['a list of which nothing is known', {}, [{ name: 'a' }, { name: 'a' }], []],
  ])('%s', (_, schema, items, repeated) => {
    expect(duplicateListKeys(items, schema).map(({ index }) => index)).toEqual(repeated)
  })

  test('the message names the key and the first of them', () => {
    const [found] = duplicateListKeys([{ name: 'x' }, { name: 'a' }, { name: 'a' }], byName)
    expect(found).toEqual({ index: 2, message: 'repeats name "a" of item 1; only one of them will be kept.' })
  })
})
