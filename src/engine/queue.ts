import type { EngineFailure, EngineOptions } from './engines.ts'
import { packFiles } from './files.ts'
import { closedFailure, failureOf, toolMessage, warningLines } from './messages.ts'
import { compileEngine } from './module.ts'
import type { EngineAnswer } from './protocol.ts'
import { broken, EngineThread, type ThreadReply } from './thread.ts'

/** So many requests must wait for each thread before another one, which takes a third of a second, is worth it. */
const WAITING_PER_THREAD = 8

/** Or one has waited so many milliseconds: perhaps behind one that will run into its deadline. */
const PATIENCE = 500

export type Outcome = { answer: Extract<EngineAnswer, { ok: true }>; warnings: string[] } | { failure: EngineFailure }

interface Job {
  /** For messages, e.g. `kustomize build envs/dev`. */
  title: string
  request: Uint8Array
  settle(outcome: Outcome): void
}

/** Requests about the files of one revision, and the threads that answer them, started as there is something to do. */
export class RequestQueue {
  readonly #files: ReadonlyMap<string, Uint8Array>
  readonly #options: EngineOptions
  readonly #threads = new Set<EngineThread>()
  readonly #idle: EngineThread[] = []
  readonly #waiting: Job[] = []
  #packed: SharedArrayBuffer[] | undefined
  #starting = false
  #closed = false
  #patience: NodeJS.Timeout | undefined

  constructor(files: ReadonlyMap<string, Uint8Array>, options: EngineOptions) {
    this.#files = files
    this.#options = options
  }

  /** Rejects only what cannot be said in JSON. */
  ask(title: string, request: object): Promise<Outcome> {
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
    clearTimeout(this.#patience)
    if (this.#closed) return this.#settleWaiting((job) => closedFailure(job.title))
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      void this.#run(this.#idle.pop() as EngineThread, this.#waiting.shift() as Job)
    }
    if (this.#waiting.length === 0 || this.#starting || this.#threads.size >= Math.max(1, this.#options.workers)) return
    if (this.#waiting.length >= this.#threads.size * WAITING_PER_THREAD) void this.#addThread()
    else this.#patience = setTimeout(() => void this.#addThread(), PATIENCE)
  }

  async #addThread(): Promise<void> {
    this.#starting = true
    const thread = await this.#startThread()
    this.#starting = false
    if (!(thread instanceof EngineThread)) this.#settleWaiting((job) => failureOf(job.title, thread, this.#options))
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
      return broken(`it does not start: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  async #run(thread: EngineThread, job: Job): Promise<void> {
    const reply = await thread.ask(job.request, this.#options.deadline)
    const outcome = this.#outcome(job, reply)
    job.settle(outcome)
    if (reply.kind === 'answer' && !crashed(outcome)) this.#idle.push(thread)
    else {
      this.#threads.delete(thread)
      await thread.end()
    }
    this.#dispatch()
  }

  #outcome(job: Job, reply: ThreadReply): Outcome {
    if (this.#closed && reply.kind === 'broken') return { failure: closedFailure(job.title) }
    if (reply.kind !== 'answer') return { failure: failureOf(job.title, reply, this.#options) }
    const warnings = warningLines(reply.stderr)
    const answer = parse(reply.json)
    if (answer.ok) return { answer, warnings }
    if (answer.reason === 'crashed') return { failure: failureOf(job.title, broken(answer.message), this.#options) }
    return { failure: { ok: false, reason: answer.reason, message: toolMessage(answer.message), warnings } }
  }

  #settleWaiting(failure: (job: Job) => EngineFailure): void {
    for (const job of this.#waiting.splice(0)) job.settle({ failure: failure(job) })
  }
}

/** An answer can be too long for a string. */
function parse(json: Uint8Array): EngineAnswer {
  try {
    return JSON.parse(new TextDecoder().decode(json)) as EngineAnswer
  } catch {
    return { ok: false, reason: 'crashed', message: `its answer of ${json.length} bytes cannot be read` }
  }
}

/** After a panic the engine still answers, but what the panic left behind is unknown. */
function crashed(outcome: Outcome): boolean {
  return 'failure' in outcome && outcome.failure.reason === 'crashed'
}
