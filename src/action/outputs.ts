import { inContractOrder } from '../report/contract.ts'
import type { ValidateReport } from '../report/report.ts'

export interface OutputPorts {
  append(path: string, text: string): void
  warn(message: string): void
  /** A word that no value contains; random, so that a value cannot be made to end early. */
  delimiter(): string
}

/**
 * Writes outputs to the runner's file. Without one nothing is written: falling back to commands on standard output, as
 * the toolkit does, would let values speak to the runner.
 */
export function writeOutputs(
  path: string | undefined,
  outputs: Readonly<Record<string, string>>,
  ports: OutputPorts,
): void {
  if (!path) return
  try {
    const entries = Object.entries(outputs).map(([name, value]) => entry(name, value, ports.delimiter()))
    ports.append(path, entries.join(''))
  } catch (error) {
    ports.warn(`The outputs could not be written: ${(error as Error).message}`)
  }
}

function entry(name: string, value: string, delimiter: string): string {
  if (value.includes(delimiter)) throw new Error(`The output ${name} contains its delimiter.`)
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}

/** Bytes of UTF-8, of the contract. */
export const LIMIT = 900_000

/**
 * The report as JSON that fits an output: findings, then coverage, are left off from the end, and `truncated` says so.
 *
 * @param limit in bytes of UTF-8
 */
export function cutReport(report: ValidateReport, limit = LIMIT): string {
  const ordered = inContractOrder(report)
  const whole = JSON.stringify(ordered)
  if (Buffer.byteLength(whole) <= limit) return whole
  const bare = { ...ordered, findings: [], coverage: [], truncated: true }
  let room = limit - Buffer.byteLength(JSON.stringify(bare))
  const coverage = prefix(ordered.coverage, room)
  room -= coverage.length
  const findings = prefix(ordered.findings, room)
  return JSON.stringify({ ...bare, findings: findings.items, coverage: coverage.items })
}

/** As many items from the start as `room` bytes hold, commas included. */
function prefix<T>(items: readonly T[], room: number): { items: T[]; length: number } {
  const kept: T[] = []
  let length = 0
  for (const item of items) {
    const next = length + Buffer.byteLength(JSON.stringify(item)) + (kept.length > 0 ? 1 : 0)
    if (next > room) break
    length = next
    kept.push(item)
  }
  return { items: kept, length }
}
