import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { engineFile } from './location.ts'
import { limitMemory } from './memory.ts'

const decompress = promisify(brotliDecompress)
const compiled = new Map<string, Promise<WebAssembly.Module>>()

/**
 * The engine, ready to be instantiated with at most `memory` bytes. Decompressed and compiled once in a process,
 * off the main thread; threads share the compiled code.
 */
export function compileEngine(name: string, memory: number): Promise<WebAssembly.Module> {
  const key = `${name} ${memory}`
  const known = compiled.get(key)
  if (known) return known
  const module = compile(name, memory)
  compiled.set(key, module)
  return module
}

async function compile(name: string, memory: number): Promise<WebAssembly.Module> {
  const wasm = await decompress(await readFile(engineFile(name)))
  return WebAssembly.compile(limitMemory(wasm, memory))
}
