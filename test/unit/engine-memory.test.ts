import { describe, expect, test } from 'vitest'
import { limitMemory } from '../../src/engine/memory.ts'

const PAGE = 65_536

/** A module with one memory, exported as `memory`, between a custom section and an export. */
function moduleWithMemory(limits: number[]): Uint8Array {
  const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
  const custom = section(0, [1, 'x'.charCodeAt(0), ...new Array(200).fill(7)])
  const memory = section(5, [1, ...limits])
  const name = [...new TextEncoder().encode('memory')]
  return new Uint8Array([...header, ...custom, ...memory, ...section(7, [1, name.length, ...name, 2, 0])])
}

function section(id: number, content: number[]): number[] {
  const size = content.length
  return [id, ...(size < 128 ? [size] : [(size & 127) | 128, size >> 7]), ...content]
}

function grow(wasm: Uint8Array<ArrayBuffer>, pages: number): number {
  const { memory } = new WebAssembly.Instance(new WebAssembly.Module(wasm)).exports
  return (memory as WebAssembly.Memory).grow(pages)
}

describe('limitMemory', () => {
  test.each([
    ['without a maximum', [0, 2]],
    ['with a higher maximum', [1, 2, 0xff, 0x01]],
    ['with a lower maximum', [1, 2, 3]],
  ])('lets a memory %s grow up to the limit and not beyond', (_title, limits) => {
    const limited = limitMemory(moduleWithMemory(limits), 200 * PAGE + 1)
    expect(grow(limited, 198)).toBe(2)
    expect(() => grow(limited, 199)).toThrow(RangeError)
  })

  test('never asks for less than the module starts with', () => {
    const limited = limitMemory(moduleWithMemory([0, 2]), PAGE)
    expect(grow(limited, 0)).toBe(2)
    expect(() => grow(limited, 1)).toThrow(RangeError)
  })

  test('says so when there is no memory to limit', () => {
    const header = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
    expect(() => limitMemory(header, PAGE)).toThrow('The engine has no memory section; build it again.')
    expect(() => limitMemory(new Uint8Array([...header, ...section(5, [0])]), PAGE)).toThrow('0 memories')
  })
})
