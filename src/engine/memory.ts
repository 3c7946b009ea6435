const MEMORY_SECTION = 5
const PAGE = 65_536
const HAS_MAXIMUM = 1

/**
 * A copy of a WebAssembly module whose memory cannot grow beyond `bytes` (or what it starts with, if that is more).
 * Go declares no maximum, and V8's own flag for one is global to the process.
 */
export function limitMemory(wasm: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const section = findSection(wasm, MEMORY_SECTION)
  const [count, afterCount] = readUnsigned(wasm, section.content)
  const initial = readUnsigned(wasm, afterCount + 1)[0]
  if (count !== 1) throw new Error(`The engine has ${count} memories instead of one; build it again.`)
  const pages = Math.max(initial, Math.floor(bytes / PAGE))
  const content = [1, HAS_MAXIMUM, ...unsigned(initial), ...unsigned(pages)]
  const limited = [MEMORY_SECTION, ...unsigned(content.length), ...content]
  const before = wasm.subarray(0, section.start)
  const after = wasm.subarray(section.end)
  const result = new Uint8Array(before.length + limited.length + after.length)
  result.set(before)
  result.set(limited, before.length)
  result.set(after, before.length + limited.length)
  return result
}

function findSection(wasm: Uint8Array, wanted: number): { start: number; content: number; end: number } {
  for (let start = 8; start < wasm.length; ) {
    const [size, content] = readUnsigned(wasm, start + 1)
    if (wasm[start] === wanted) return { start, content, end: content + size }
    start = content + size
  }
  throw new Error('The engine has no memory section; build it again.')
}

// LEB128, the format of all numbers in WebAssembly.
function readUnsigned(bytes: Uint8Array, offset: number): [value: number, next: number] {
  let value = 0
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[offset++] ?? 0
    value += (byte & 127) * shift
    if (byte < 128) return [value, offset]
  }
}

function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...unsigned(Math.floor(value / 128))]
}
