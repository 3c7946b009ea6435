import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packFiles } from '../../src/engine/files.ts'

/** What engines/render/tree.go reads. */
function unpack(batches: SharedArrayBuffer[]): [string, Uint8Array][] {
  const fields = batches.flatMap((batch) => {
    const found: Uint8Array[] = []
    for (let at = 0; at < batch.byteLength; ) {
      const size = new DataView(batch).getUint32(at, true)
      found.push(new Uint8Array(batch, at + 4, size).slice())
      at += 4 + size
    }
    return found
  })
  const names = fields.filter((_, index) => index % 2 === 0).map((name) => new TextDecoder().decode(name))
  return names.map((name, index) => [name, fields[2 * index + 1] as Uint8Array])
}

describe('packFiles', () => {
  test('keeps every path and every byte, in order', () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(path, fc.uint8Array()), { selector: ([name]) => name }), (files) => {
        expect(unpack(packFiles(new Map(files)))).toEqual(files)
      }),
    )
  })

  test('makes batches, with a file that is larger than one by itself', () => {
    const large = new Uint8Array(5 * 1024 * 1024).fill(1)
    const small = new Uint8Array(3 * 1024 * 1024).fill(2)
    const files: [string, Uint8Array][] = [
      ['a', small],
      ['b', small],
      ['c', large],
      ['d', new Uint8Array()],
    ]
    const batches = packFiles(new Map(files))
    expect(batches.map((batch) => Math.round(batch.byteLength / 1024 / 1024))).toEqual([3, 3, 5, 0])
    expect(unpack(batches).map(([name, content]) => [name, content.length])).toEqual(
      files.map(([name, content]) => [name, content.length]),
    )
  })

  test('of nothing is nothing', () => expect(packFiles(new Map())).toEqual([]))
})
