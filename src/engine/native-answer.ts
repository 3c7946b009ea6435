import type { EngineFailure } from './engines.ts'
import { closedFailure, toolMessage, warningLines } from './messages.ts'
import type { Ending, ProcessLimits } from './native-process.ts'

/** What a tool printed, or why there is nothing. */
export type Printed = { ok: true; text: string; warnings: string[] } | EngineFailure

/** @param relative makes paths in messages relative to the repository root. */
export function readEnding(
  title: string,
  ending: Ending,
  limits: ProcessLimits,
  relative: (message: string) => string,
): Printed {
  switch (ending.kind) {
    case 'exited': {
      const { error, warnings } = readStderr(relative(ending.stderr))
      if (ending.code === 0) return { ok: true, text: ending.stdout, warnings: [...warnings, ...warningLines(error)] }
      return failure('failed', toolMessage(error) || `${title} ended with exit code ${ending.code}.`, warnings)
    }
    case 'deadline':
      return failure(
        'deadline',
        `${title} took longer than the limit (limits.render-timeout) of ${limits.deadline / 1000} s.`,
      )
    case 'output':
      return failure('memory', `${title} printed more than ${Math.floor(limits.output / 1_048_576)} MiB.`)
    case 'memory':
      return failure(
        'memory',
        `${title} needed more memory than the limit (limits.render-memory) of ${Math.floor(limits.memory / 1_048_576)} MiB.`,
      )
    case 'killed':
      return failure('crashed', `${title} was ended by ${ending.signal}.`)
    case 'unstartable':
      return failure('crashed', `${title} could not be started: ${relative(ending.cause.message)}`)
    case 'closed':
      return closedFailure(title)
  }
}

/** Both tools warn first, then say `Error: `; Helm adds a hint about its flags, which are not the user's here. */
function readStderr(stderr: string): { error: string; warnings: string[] } {
  const lines = stderr.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '')
  const at = lines.search(/^Error: /m)
  if (at < 0) return { error: lines, warnings: [] }
  const error = lines.slice(at + 'Error: '.length).replace(/\n\nUse --debug flag[^\n]*\n?$/, '')
  return { error, warnings: warningLines(lines.slice(0, at)) }
}

function failure(reason: EngineFailure['reason'], message: string, warnings: string[] = []): EngineFailure {
  return { ok: false, reason, message, warnings }
}
