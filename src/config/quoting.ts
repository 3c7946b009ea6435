import type { PathStep } from '../yaml/locate.ts'
import type { Fault } from './fault.ts'
import { replaceAt, valueAt } from './raw.ts'
import { configuration } from './schema.ts'

/**
 * Adds the cure to complaints about numbers (`kubernetes: 1.30`) that would be right in quotes. Changes `raw`.
 *
 * @param written the source text of a value.
 */
export function suggestQuotes(
  faults: readonly Fault[],
  raw: unknown,
  written: (path: readonly PathStep[]) => string,
): Fault[] {
  const sources = new Map<Fault, string>()
  for (const fault of faults) {
    const value = valueAt(raw, fault.path)
    if (fault.at === 'value' && (typeof value === 'number' || typeof value === 'boolean')) {
      sources.set(fault, written(fault.path))
    }
  }
  if (sources.size === 0) return [...faults]
  for (const [fault, source] of sources) replaceAt(raw, fault.path, source)
  const wrong = new Set(configuration.safeParse(raw).error?.issues.map(({ path }) => JSON.stringify(path)))
  return faults.map((fault) => {
    const source = sources.get(fault)
    if (source === undefined || wrong.has(JSON.stringify(fault.path))) return fault
    return {
      ...fault,
      message: fault.message.replace(/, not (?:the number )?\S+$/, `; put it in quotes: "${source}".`),
    }
  })
}
