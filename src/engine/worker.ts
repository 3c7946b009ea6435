import { parentPort, workerData } from 'node:worker_threads'
import { EngineInstance } from './instance.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts'

// The thread's entry: one engine with the files of one revision, asked again and again until it breaks.
const { module, files, memory } = workerData as WorkerSetup
let engine: EngineInstance | undefined

answer(() => {
  engine = new EngineInstance(module, memory)
  for (const batch of files) engine.load(new Uint8Array(batch))
  return { kind: 'ready' }
})

parentPort?.on('message', (request: WorkerRequest) => {
  answer((): WorkerReply => {
    if (!engine) throw new Error('The engine is not running.')
    const json = engine.call(request)
    return { kind: 'answer', json, stderr: engine.stderr }
  })
})

function answer(work: () => WorkerReply): void {
  const reply = attempt(work)
  parentPort?.postMessage(reply, reply.kind === 'answer' ? [reply.json.buffer] : [])
}

function attempt(work: () => WorkerReply): WorkerReply {
  try {
    return work()
  } catch (error) {
    const stderr = engine?.stderr ?? ''
    const reason = stderr.includes('out of memory') ? 'memory' : 'crashed'
    return { kind: 'broken', reason, cause: error instanceof Error ? error.message : String(error), stderr }
  }
}
