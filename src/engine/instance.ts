import { Sandbox } from './sandbox.ts'

interface Exports {
  memory: WebAssembly.Memory
  allocate(size: number): number
  free(pointer: number): void
  load(pointer: number, size: number): bigint
  call(pointer: number, size: number): bigint
}

/** A running engine (the exports of engines/render/main.go). After anything thrown it must not be used again. */
export class EngineInstance {
  readonly #sandbox: Sandbox
  #exports: Exports | undefined

  /** @param memory bytes that the module's memory may grow to; near it, Go's collector works harder. */
  constructor(memory: number) {
    this.#sandbox = new Sandbox([`GOMEMLIMIT=${Math.floor(memory * 0.8)}`])
  }

  start(module: WebAssembly.Module): void {
    this.#exports = this.#sandbox.start(module).exports as unknown as Exports
  }

  /** Adds files, as `packFiles` makes them; returns the engine's answer as JSON. */
  load(batch: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#exchange('load', batch)
  }

  /** Answers one request; JSON both ways. */
  call(request: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#sandbox.reset()
    return this.#exchange('call', request)
  }

  /** What the tools wrote on standard error since it started or was last called. */
  get stderr(): string {
    return this.#sandbox.stderr
  }

  #exchange(operation: 'load' | 'call', bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    const engine = this.#exports
    if (!engine) throw new Error('The engine is not running.')
    const given = engine.allocate(bytes.length) >>> 0
    new Uint8Array(engine.memory.buffer, given, bytes.length).set(bytes)
    const place = engine[operation](given, bytes.length)
    const pointer = Number(BigInt.asUintN(32, place >> 32n))
    const size = Number(BigInt.asUintN(32, place))
    const answer = new Uint8Array(engine.memory.buffer, pointer, size).slice()
    engine.free(pointer)
    return answer
  }
}
