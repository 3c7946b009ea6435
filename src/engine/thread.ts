import { Worker } from 'node:worker_threads'
import { workerFile } from './location.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts'

/** Loading a hundred thousand files takes seconds; anything beyond this is a fault. */
const START_DEADLINE = 120_000

/** Deep recursion in a template needs more than the usual 4 MB before the tools' own limits stop it. */
const STACK_MEGABYTES = 64

export type ThreadReply = WorkerReply | { kind: 'deadline' }
export type BrokenThread = WorkerReply & { kind: 'broken' }

/** The reply in place of an engine that there is none of. */
export function broken(cause: string): BrokenThread {
  return { kind: 'broken', reason: 'crashed', cause, stderr: '' }
}

/** One engine in a thread of its own, which can be ended whatever it is doing. */
export class EngineThread {
  readonly #worker: Worker
  #listener: ((reply: WorkerReply) => void) | undefined

  private constructor(setup: WorkerSetup) {
    // Nothing of this process reaches the sandbox: no arguments, no environment, no streams.
    this.#worker = new Worker(workerFile, {
      workerData: setup,
      resourceLimits: { stackSizeMb: STACK_MEGABYTES },
      argv: [],
      env: {},
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
    })
    this.#worker.on('message', (reply: WorkerReply) => this.#listener?.(reply))
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : String(error)))
    this.#worker.on('exit', () => this.#fail('The thread of the engine ended.'))
  }

  /** A thread that is ready to be asked, or why there is none. */
  static async start(setup: WorkerSetup): Promise<EngineThread | BrokenThread> {
    const thread = new EngineThread(setup)
    const reply = await thread.#reply(START_DEADLINE)
    if (reply.kind === 'ready') return thread
    await thread.end()
    return reply.kind === 'broken' ? reply : broken(`it did not start within ${START_DEADLINE / 1000} s`)
  }

  /** One request at a time. After any reply but an answer the thread is of no use and must be ended. */
  async ask(request: WorkerRequest, deadline: number): Promise<ThreadReply> {
    const reply = this.#reply(deadline)
    this.#worker.postMessage(request)
    return reply
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Keeps the process alive only while a reply is due. */
  #reply(deadline: number): Promise<ThreadReply> {
    this.#worker.ref()
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ kind: 'deadline' }), deadline)
      const settle = (reply: ThreadReply) => {
        clearTimeout(timer)
        this.#listener = undefined
        this.#worker.unref()
        resolve(reply)
      }
      this.#listener = settle
    })
  }

  #fail(cause: string): void {
    this.#listener?.(broken(cause))
  }
}
