import type { HttpGet } from '../kubernetes/http.ts'
import type { Sink } from '../report/sink.ts'
import type { Run } from '../repository/process.ts'

/** Everything outside the program that a command may touch. */
export interface World {
  workingDirectory: string
  environment: Readonly<Record<string, string | undefined>>
  sink: Sink
  run: Run
  get: HttpGet
  /** May end early, once there are more than `most` bytes. */
  readStandardInput(most: number): Promise<Uint8Array>
  writeFile(path: string, text: string): void
  processors: number
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** From 0 up to, not including, 1. */
  random(): number
}
