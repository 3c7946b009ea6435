import { parentPort, workerData } from 'node:worker_threads'
import { EngineInstance } from './instance.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './protocol.ts'

// The thread's entry: one engine with the files of one revision, asked again and again until it breaks.
const { module, files, memory } = workerData as WorkerSetup
const engine = new EngineInstance(memory)

reply(() => {
  engine.start(module)
  for (const batch of files) engine.load(new Uint8Array(batch))
  return { kind: 'ready' }
})

parentPort?.on('message', (request: WorkerRequest) => {
  reply(() => {
    const json = engine.call(request)
    return { kind: 'answer', json, stderr: engine.stderr }
  })
})

function reply(work: () => WorkerReply): void {
  const message = attempt(work)
  parentPort?.postMessage(message, message.kind === 'answer' ? [message.json.buffer] : [])
}

function attempt(work: () => WorkerReply): WorkerReply {
  try {
    return work()
  } catch (error) {
    const reason = engine.stderr.includes('out of memory') ? 'memory' : 'crashed'
    const cause = error instanceof Error ? error.message : String(error)
    return { kind: 'broken', reason, cause, stderr: engine.stderr }
  }
}
