const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const cleanups = new Set<() => void>()

/**
 * Calls `clean` (synchronous) when the process ends, or is interrupted, before the answer is called. An interrupted
 * process then ends as if nobody had listened.
 */
export function cleanUpEarly(clean: () => void): () => void {
  if (cleanups.size === 0) listen('on')
  cleanups.add(clean)
  return () => {
    cleanups.delete(clean)
    if (cleanups.size === 0) listen('off')
  }
}

function listen(how: 'on' | 'off'): void {
  process[how]('exit', cleanAll)
  for (const signal of SIGNALS) process[how](signal, interrupted)
}

function cleanAll(): void {
  for (const clean of cleanups) clean()
  cleanups.clear()
}

function interrupted(signal: NodeJS.Signals): void {
  cleanAll()
  listen('off')
  process.kill(process.pid, signal)
}
