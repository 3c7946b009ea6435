import { Sandbox } from './sandbox.ts'

interface Exports {
  memory: WebAssembly.Memory
  allocate(size: number): number
  free(pointer: number): void
  load(pointer: number, size: number): bigint
  call(pointer: number, size: number): bigint
}

/** A running engine (the exports of engines/render/main.go). After anything it throws it must not be used again. */
export class EngineInstance {
  readonly #sandbox: Sandbox
  readonly #exports: Exports

  /** @param memory bytes, above which the module's memory does not grow; the collector works harder near it. */
  constructor(module: WebAssembly.Module, memory: number) {
    this.#sandbox = new Sandbox([`GOMEMLIMIT=${Math.floor(memory * 0.8)}`])
    this.#exports = this.#sandbox.start(module).exports as unknown as Exports
  }

  /** Adds files, as `packFiles` makes them; returns the engine's answer as JSON. */
  load(batch: Uint8Array): Uint8Array<ArrayBuffer> {
    return this.#take(this.#exports.load(this.#give(batch), batch.length))
  }

  /** Answers one request; JSON both ways. */
  call(request: Uint8Array): Uint8Array<ArrayBuffer> {
    this.#sandbox.reset()
    return this.#take(this.#exports.call(this.#give(request), request.length))
  }

  /** What the tools wrote on standard error during the last call. */
  get stderr(): string {
    return this.#sandbox.stderr
  }

  #give(bytes: Uint8Array): number {
    const pointer = this.#exports.allocate(bytes.length) >>> 0
    new Uint8Array(this.#exports.memory.buffer, pointer, bytes.length).set(bytes)
    return pointer
  }

  #take(place: bigint): Uint8Array<ArrayBuffer> {
    const pointer = Number(BigInt.asUintN(32, place >> 32n))
    const size = Number(BigInt.asUintN(32, place))
    const copy = new Uint8Array(this.#exports.memory.buffer, pointer, size).slice()
    this.#exports.free(pointer)
    return copy
  }
}
