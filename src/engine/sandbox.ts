import { ConsoleStdout, type Fd, WASI } from '@bjorn3/browser_wasi_shim'

/** What is kept of what a request writes on standard error. */
const STDERR_LIMIT = 256 * 1024

const REALTIME = 0
/** 2000-01-01T00:00:00Z, in nanoseconds. */
const FIXED_TIME = 946_684_800_000_000_000n

/**
 * The whole world of an engine: no files, no network, no processes, an empty standard input, and one answer to every
 * question about the time of day or for random bytes. So two renders of the same files give the same bytes, also of
 * a chart that uses `now`, `randAlphaNum` or `genCA`. Nothing rendered here is applied to a cluster as it is: a
 * "random" password of this sandbox is no secret.
 */
export class Sandbox {
  readonly #wasi: WASI
  readonly #decoder = new TextDecoder()
  #instance: WebAssembly.Instance | undefined
  #stderr = ''
  #seed = 0

  constructor(environment: string[]) {
    const collect = new ConsoleStdout((bytes: Uint8Array) => this.#collect(bytes))
    const standard: Fd[] = [new ConsoleStdout(() => {}), new ConsoleStdout(() => {}), collect]
    // Libraries index the program's name while they are initialised, so there must be one.
    this.#wasi = new WASI(['engine'], environment, standard, { debug: false })
  }

  start(module: WebAssembly.Module): WebAssembly.Instance {
    this.#instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: this.#imports() })
    this.#wasi.initialize(this.#instance as Parameters<WASI['initialize']>[0])
    return this.#instance
  }

  /** Makes the next request independent of those before it. */
  reset(): void {
    this.#seed = 0
    this.#stderr = ''
  }

  get stderr(): string {
    return this.#stderr
  }

  #imports(): WebAssembly.ModuleImports {
    const wasi = this.#wasi.wasiImport
    const clock = wasi.clock_time_get as (id: number, precision: bigint, result: number) => number
    return {
      ...wasi,
      random_get: (start: number, length: number) => {
        const bytes = new Uint8Array(this.#memory(), start, length)
        for (let i = 0; i < length; i++) bytes[i] = this.#nextByte()
        return 0
      },
      // The steady clock goes on: Go's scheduler sleeps by it, and no template can print it.
      clock_time_get: (id: number, precision: bigint, result: number) => {
        if (id !== REALTIME) return clock(id, precision, result)
        new DataView(this.#memory()).setBigUint64(result, FIXED_TIME, true)
        return 0
      },
    }
  }

  /** Knuth's 32-bit linear congruential generator, its upper byte. */
  #nextByte(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0
    return this.#seed >>> 24
  }

  #collect(bytes: Uint8Array): void {
    if (this.#stderr.length < STDERR_LIMIT) this.#stderr += this.#decoder.decode(bytes)
  }

  #memory(): ArrayBuffer {
    if (!this.#instance) throw new Error('The engine asks for something before it exists.')
    return (this.#instance.exports.memory as WebAssembly.Memory).buffer
  }
}
