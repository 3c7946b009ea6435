import type { EngineFailure } from './engines.ts'

/** What a thread is started with. */
export interface WorkerSetup {
  module: WebAssembly.Module
  files: SharedArrayBuffer[]
  memory: number
}

/** To the thread, one at a time: the request as JSON. */
export type WorkerRequest = Uint8Array

/** From the thread: once when it is ready, then once for each request. */
export type WorkerReply =
  | { kind: 'ready' }
  /** `json` is the engine's answer. */
  | { kind: 'answer'; json: Uint8Array<ArrayBuffer>; stderr: string }
  /** The engine cannot be used any more, and so ends its thread. */
  | { kind: 'broken'; reason: 'memory' | 'crashed'; cause: string; stderr: string }

/** The engine's answer (`response` in engines/render/exchange.go). */
export type EngineAnswer =
  | { ok: true; resources?: unknown[]; text?: string }
  | { ok: false; reason: EngineFailure['reason']; message: string }
