import type { EngineFailure, EngineOptions, Engines, RenderResult } from './engines.ts'
import { packFiles } from './files.ts'
import { failureOf, relativePaths, warningLines } from './messages.ts'
import { compileEngine } from './module.ts'
import type { EngineAnswer } from './protocol.ts'
import { EngineThread, type ThreadReply } from './thread.ts'

/** So many requests must wait for each thread before another one, which costs a third of a second, is worth it. */
const WAITING_PER_THREAD = 8

type Settled = { answer: Extract<EngineAnswer, { ok: true }>; warnings: string[] } | { failure: EngineFailure }

interface Job {
  /** For messages, e.g. `kustomize build envs/dev`. */
  title: string
  request: Uint8Array
  settle(outcome: Settled): void
}

/**
 * The embedded kustomize, Helm and Flux substitution for the files of one revision (repository-relative paths).
 * Threads are started when there is something to do; they do not keep the process alive, requests under way do.
 * Which thread answers makes no difference to the answer. None of the promises rejects.
 */
export function startEngines(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions): Engines {
  const pool = new Pool(files, options)
  return {
    kustomize: (request) => pool.render(`kustomize build ${request.path}`, { operation: 'kustomize', ...request }),
    helm: (request) => pool.render(`helm template ${request.chart}`, { operation: 'helm', ...request }),
    substitute: async (request) => {
      const settled = await pool.ask('The substitution of variables', { operation: 'substitute', ...request })
      return 'failure' in settled ? settled.failure : { ok: true, text: settled.answer.text ?? '' }
    },
    close: () => pool.close(),
  }
}

class Pool {
  readonly #files: ReadonlyMap<string, Uint8Array>
  readonly #options: EngineOptions
  readonly #threads = new Set<EngineThread>()
  readonly #idle: EngineThread[] = []
  readonly #waiting: Job[] = []
  #packed: SharedArrayBuffer[] | undefined
  #starting = 0
  #closed = false

  constructor(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions) {
    this.#files = files
    this.#options = options
  }

  async render<T>(title: string, request: object): Promise<RenderResult<T>> {
    const settled = await this.ask(title, request)
    if ('failure' in settled) return settled.failure
    return { ok: true, resources: (settled.answer.resources ?? []) as T[], warnings: settled.warnings }
  }

  ask(title: string, request: object): Promise<Settled> {
    return new Promise((settle) => {
      this.#waiting.push({ title, request: new TextEncoder().encode(JSON.stringify(request)), settle })
      this.#dispatch()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#dispatch()
    await Promise.all([...this.#threads].map((thread) => thread.end()))
  }

  #dispatch(): void {
    if (this.#closed) return this.#refuseWaiting({ kind: 'broken', reason: 'crashed', cause: CLOSED, stderr: '' })
    for (let thread = this.#idle.at(-1); thread && this.#waiting.length > 0; thread = this.#idle.at(-1)) {
      this.#idle.pop()
      void this.#run(thread, this.#waiting.shift() as Job)
    }
    if (this.#wantsThread()) void this.#addThread()
  }

  #wantsThread(): boolean {
    const threads = this.#threads.size + this.#starting
    if (this.#waiting.length === 0 || this.#starting > 0) return false
    if (threads === 0) return true
    return threads < this.#options.workers && this.#waiting.length >= threads * WAITING_PER_THREAD
  }

  async #addThread(): Promise<void> {
    this.#starting++
    const thread = await this.#startThread()
    this.#starting--
    if (!(thread instanceof EngineThread)) this.#refuseWaiting(thread)
    else if (this.#closed) await thread.end()
    else {
      this.#threads.add(thread)
      this.#idle.push(thread)
    }
    this.#dispatch()
  }

  async #startThread(): ReturnType<typeof EngineThread.start> {
    const { memory } = this.#options
    try {
      const module = await compileEngine('render', memory)
      this.#packed ??= packFiles(this.#files)
      return await EngineThread.start({ module, files: this.#packed, memory })
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      return { kind: 'broken', reason: 'crashed', cause: `The render engine does not start: ${cause}`, stderr: '' }
    }
  }

  async #run(thread: EngineThread, job: Job): Promise<void> {
    const reply = await thread.ask(job.request, this.#options.deadline)
    const outcome = this.#outcome(job, reply)
    job.settle(outcome)
    const usable = reply.kind === 'answer' && !('failure' in outcome && outcome.failure.reason === 'crashed')
    if (usable) this.#idle.push(thread)
    else {
      this.#threads.delete(thread)
      await thread.end()
    }
    this.#dispatch()
  }

  #outcome(job: Job, reply: ThreadReply): Settled {
    if (reply.kind !== 'answer') return { failure: failureOf(job.title, reply, this.#options) }
    const warnings = warningLines(reply.stderr)
    const answer = JSON.parse(new TextDecoder().decode(reply.json)) as EngineAnswer
    if (answer.ok) return { answer, warnings }
    return { failure: { ...answer, message: relativePaths(answer.message), warnings } }
  }

  #refuseWaiting(reply: ThreadReply): void {
    for (const job of this.#waiting.splice(0)) job.settle({ failure: failureOf(job.title, reply, this.#options) })
  }
}

const CLOSED = 'The engine was closed.'
