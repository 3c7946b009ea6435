import { inContractOrder } from './contract.ts'
import { HIDDEN } from './neutralise.ts'
import type { ValidateReport } from './report.ts'

/** The JSON contract, version 1. */
export function formatReportJson(report: ValidateReport, inActions: boolean): string {
  return formatJson(inContractOrder(report), inActions)
}

/**
 * Data as JSON that is safe to print. In Actions the runner reads standard output for commands, and `##[` is one
 * anywhere in a line: inside strings it is written `\u0023#[`. Characters that hide or steer a terminal are escaped, too.
 * All of it reads back the same.
 */
export function formatJson(data: unknown, inActions: boolean): string {
  const json = `${JSON.stringify(data, undefined, 2)}\n`.replace(HIDDEN, (found) =>
    found === '\n' ? found : escaped(found),
  )
  return inActions ? json.replaceAll('##[', '\\u0023#[') : json
}

/** One or two UTF-16 units, as JSON escapes them. */
function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
