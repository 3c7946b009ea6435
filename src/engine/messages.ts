import type { EngineFailure, EngineOptions } from './engines.ts'
import type { ThreadReply } from './thread.ts'

/** Where the engine pretends that the repository lies (`mountPoint` in engines/render/filesystem.go). */
const MOUNT_POINT = '/.repository-root.'

/** Paths in the tools' messages, made relative to the repository root. */
export function relativePaths(message: string): string {
  return message.replaceAll(`${MOUNT_POINT}/`, '').replaceAll(MOUNT_POINT, '.')
}

/** Each line that a tool wrote on its standard error, once, in order. */
export function warningLines(stderr: string): string[] {
  return [...new Set(relativePaths(stderr).split('\n'))].filter((line) => line.trim() !== '')
}

/** What became of a request that the engine did not answer. */
export function failureOf(title: string, reply: ThreadReply, limits: EngineOptions): EngineFailure {
  if (reply.kind === 'deadline') return failure('deadline', `${title} took longer than ${seconds(limits.deadline)}.`)
  if (reply.kind !== 'broken') return failure('crashed', `${title} broke the render engine.`)
  if (reply.reason === 'memory')
    return failure('memory', `${title} needed more memory than ${mebibytes(limits.memory)}.`)
  const cause = crashCause(reply.stderr) ?? relativePaths(reply.cause)
  return failure('crashed', `${title} broke the render engine: ${cause}`)
}

function failure(reason: EngineFailure['reason'], message: string): EngineFailure {
  return { ok: false, reason, message, warnings: [] }
}

/** Go's one line about a fatal error; the goroutines it dumps after it tell a user nothing. */
function crashCause(stderr: string): string | undefined {
  return warningLines(stderr).find((line) => /^(fatal error|panic|runtime): /.test(line))
}

function seconds(milliseconds: number): string {
  return `${milliseconds / 1000} s`
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 1_048_576)} MiB`
}
