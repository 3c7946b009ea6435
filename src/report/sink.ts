import { colours } from './colour.ts'
import { cut } from './cut.ts'
import { markCommand, visible } from './neutralise.ts'

/** Where the sink writes; a part of a Node stream. */
export interface Channel {
  write(text: string): unknown
  isTTY?: boolean
}

export interface SinkOptions {
  stdout: Channel
  stderr: Channel
  /** Whether a GitHub runner reads what is printed. */
  inActions: boolean
  colour: boolean
  verbose: boolean
}

/**
 * The only place that writes. Reports go to standard output, alone; all else to standard error. Whatever passes
 * through `note`, `progress` and `fail` is made harmless here; a report has been by its format.
 */
export interface Sink {
  readonly options: SinkOptions
  report(text: string): void
  note(message: string): void
  warn(message: string): void
  /** Only with --verbose. */
  detail(message: string): void
  progress(done: number, total: number, what: string): void
  fail(error: unknown): void
  group(title: string): void
  endGroup(): void
}

const PROGRESS_STEP = 250

/** UTF-16 units of one message. The runner cuts its own at this length (`_maxIssueMessageLength`). */
const MESSAGE = 4096

export function createSink(options: SinkOptions): Sink {
  const paint = colours(options.colour && options.stderr.isTTY === true)
  let progressShown = false
  let lastProgress = 0

  function clearProgress(): void {
    if (progressShown) options.stderr.write('\r\u001b[K')
    progressShown = false
  }

  function line(text: string): void {
    clearProgress()
    options.stderr.write(`${text}\n`)
  }

  function mutter(message: string): void {
    line(paint.dim(markCommand(told(message))))
  }

  return {
    options,
    report(text) {
      clearProgress()
      options.stdout.write(text)
    },
    note: (message) => line(markCommand(told(message))),
    warn: (message) =>
      line(options.inActions ? `::warning::${command(message)}` : `${paint.yellow('warning:')} ${told(message)}`),
    detail(message) {
      if (options.verbose) mutter(message)
    },
    progress(done, total, what) {
      if (done < lastProgress) lastProgress = 0
      if (options.stderr.isTTY && !options.inActions) {
        options.stderr.write(`\r\u001b[K${paint.dim(`${done}/${total} ${cut(visible(what), 80)}`)}`)
        progressShown = true
        if (done === total) clearProgress()
      } else if (done - lastProgress >= PROGRESS_STEP || (done === total && total >= PROGRESS_STEP)) {
        lastProgress = done
        line(`${done} of ${total} done`)
      }
    },
    fail(error) {
      const message = error instanceof Error ? error.message : 'Something that is no error was thrown.'
      line(options.inActions ? `::error::${command(message)}` : `${paint.red('error:')} ${told(message)}`)
      for (const cause of causesOf(error)) mutter(`  caused by: ${cause}`)
      if (options.verbose && error instanceof Error) for (const frame of framesOf(error)) mutter(frame)
    },
    group: (title) => line(options.inActions ? `::group::${command(title)}` : paint.bold(markCommand(told(title)))),
    endGroup() {
      if (options.inActions) line('::endgroup::')
    },
  }
}

/** The data of a workflow command, escaped as the runner unescapes it. */
function command(text: string): string {
  return told(text).replaceAll('%', '%25')
}

/** One message as one line. */
function told(text: string): string {
  return cut(visible(text), MESSAGE)
}

function* causesOf(error: unknown): Iterable<string> {
  let cause = error instanceof Error ? error.cause : undefined
  for (let depth = 0; cause instanceof Error && depth < 5; depth++, cause = cause.cause) yield cause.message
}

/** Where an error came from, a line each; its message has been told already. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
}
