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
  const entries = Object.entries(outputs).map(([name, value]) => {
    const delimiter = ports.delimiter()
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
  })
  try {
    ports.append(path, entries.join(''))
  } catch (error) {
    ports.warn(`The outputs could not be written: ${(error as Error).message}`)
  }
}

/** GitHub takes 1 MB of outputs a job, counted as UTF-16. */
const MOST = 900_000

/** The report as JSON that fits an output: findings, then coverage, are left off from the end, and `truncated` says so. */
export function cutReport(report: ValidateReport, most = MOST): string {
  const whole = JSON.stringify(report)
  if (whole.length <= most) return whole
  const cut = { ...report, truncated: true, findings: [...report.findings], coverage: [...report.coverage] }
  for (const list of [cut.findings, cut.coverage] as unknown[][]) {
    while (list.length > 0 && JSON.stringify(cut).length > most) list.length = Math.floor(list.length / 2)
  }
  return JSON.stringify(cut)
}
