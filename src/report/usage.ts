import { UsageError } from './failure.ts'
import type { Sink } from './sink.ts'

/** Tells each line of a usage error by itself, as a configuration may have several faults, and then the file to copy. */
export function failUsage({ message, cause, attachment }: UsageError, sink: Pick<Sink, 'fail' | 'note'>): void {
  for (const line of message.split('\n')) sink.fail(new UsageError(line, { cause }))
  for (const line of attachment?.trimEnd().split('\n') ?? []) sink.note(line)
}
