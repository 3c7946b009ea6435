import type { EngineFailure, EngineOptions } from './engines.ts'
import type { ThreadReply } from './thread.ts'

/** Where the engine pretends that the repository lies (`mountPoint` in engines/render/filesystem.go). */
const MOUNT_POINT = '/.repository-root.'

/** A template that includes itself a thousand times says so a thousand times. What matters stands at the ends. */
const LONGEST = 6000

/** Paths in the tools' messages, made relative to the repository root. */
export function relativePaths(message: string): string {
  return message.replaceAll(`${MOUNT_POINT}/`, '').replaceAll(MOUNT_POINT, '.')
}

/** An error of a tool, of a length that can be shown. */
export function toolMessage(message: string): string {
  const whole = relativePaths(message).trim()
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST / 3)} … ${whole.slice((-LONGEST / 3) * 2)}`
}

/** Each line that a tool wrote on its standard error, once, in order. */
export function warningLines(stderr: string): string[] {
  return [...new Set(relativePaths(stderr).split('\n'))].filter((line) => line.trim() !== '')
}

/** What became of a request that the engine did not answer. */
export function failureOf(title: string, reply: ThreadReply, limits: EngineOptions): EngineFailure {
  if (reply.kind === 'deadline')
    return failure(
      'deadline',
      `${title} took longer than the limit (limits.render-timeout) of ${limits.deadline / 1000} s.`,
    )
  if (reply.kind !== 'broken') return failure('crashed', `${title} broke the render engine.`)
  if (reply.reason === 'memory') {
    return failure(
      'memory',
      `${title} needed more memory than the limit (limits.render-memory) of ${Math.floor(limits.memory / 1_048_576)} MiB.`,
    )
  }
  return failure('crashed', `${title} broke the render engine: ${crashCause(reply.stderr) ?? toolMessage(reply.cause)}`)
}

/** Of a request that was still waiting when the engines were closed. */
export function closedFailure(title: string): EngineFailure {
  return failure('crashed', `${title} was not done: the render engine was closed.`)
}

function failure(reason: EngineFailure['reason'], message: string): EngineFailure {
  return { ok: false, reason, message, warnings: [] }
}

/** Go's one line about a fatal error; the goroutines it dumps after it tell a user nothing. */
function crashCause(stderr: string): string | undefined {
  return warningLines(stderr).find((line) => /^(fatal error|panic|runtime): /.test(line))
}
