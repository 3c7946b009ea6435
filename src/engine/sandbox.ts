import { ConsoleStdout, type Fd, WASI } from '@bjorn3/browser_wasi_shim'

/** What is kept of what a request writes on standard error. */
const STDERR_LIMIT = 256 * 1024

// Numbers and layouts of WASI preview 1.
const SUCCESS = 0
const REALTIME = 0
const CLOCK_EVENT = 0
const SUBSCRIPTION = { size: 48, type: 8, timeout: 24, flags: 40 }
const EVENT_SIZE = 32

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
  #skipped = 0n

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
    return {
      ...this.#wasi.wasiImport,
      random_get: (start: number, length: number) => {
        const bytes = new Uint8Array(this.#memory(), start, length)
        for (let i = 0; i < length; i++) bytes[i] = this.#nextByte()
        return SUCCESS
      },
      clock_time_get: (id: number, _precision: bigint, result: number) => {
        new DataView(this.#memory()).setBigUint64(result, id === REALTIME ? FIXED_TIME : this.#steadyTime(), true)
        return SUCCESS
      },
      poll_oneoff: (subscriptions: number, events: number, count: number, happened: number) => {
        const memory = new DataView(this.#memory())
        memory.setUint32(happened, this.#skipWaiting(memory, subscriptions, events, count), true)
        return SUCCESS
      },
    }
  }

  /** What Go's scheduler and its time limits go by; no template can print it. */
  #steadyTime(): bigint {
    return BigInt(Math.round(performance.now() * 1e6)) + this.#skipped
  }

  /**
   * Ends all waiting at once, by putting the steady clock forward: whatever is waited for (an answer of a name server,
   * mostly) can never come. Returns the number of events written.
   */
  #skipWaiting(memory: DataView, subscriptions: number, events: number, count: number): number {
    let written = 0
    for (let at = subscriptions; at < subscriptions + count * SUBSCRIPTION.size; at += SUBSCRIPTION.size) {
      if (memory.getUint8(at + SUBSCRIPTION.type) !== CLOCK_EVENT) continue
      const timeout = memory.getBigUint64(at + SUBSCRIPTION.timeout, true)
      const absolute = (memory.getUint16(at + SUBSCRIPTION.flags, true) & 1) === 1
      const left = absolute ? timeout - this.#steadyTime() : timeout
      if (left > 0n) this.#skipped += left
      const event = events + written++ * EVENT_SIZE
      memory.setBigUint64(event, memory.getBigUint64(at, true), true)
      memory.setUint16(event + 8, SUCCESS, true)
      memory.setUint8(event + 10, CLOCK_EVENT)
    }
    return written
  }

  /** Knuth's 32-bit linear congruential generator, its upper byte. */
  #nextByte(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0
    return this.#seed >>> 24
  }

  #collect(bytes: Uint8Array): void {
    if (this.#stderr.length < STDERR_LIMIT) this.#stderr += this.#decoder.decode(bytes, { stream: true })
  }

  #memory(): ArrayBuffer {
    if (!this.#instance) throw new Error('The engine asks for something before it exists.')
    return (this.#instance.exports.memory as WebAssembly.Memory).buffer
  }
}
