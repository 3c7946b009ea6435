import { addValue, type Flag, type Given } from '../inputs/flag.ts'
import { UsageError } from '../report/failure.ts'

/**
 * Reads an action's inputs: the runner passes each as `INPUT_<NAME>`, upper-cased, hyphens kept. An empty input is an
 * absent one. Lists take one entry a line; `#` lines are comments.
 */
export function readActionInputs(
  environment: Readonly<Record<string, string | undefined>>,
  flags: readonly Flag[],
): Given {
  const given = new Map<string, string[]>()
  for (const flag of flags) {
    const written = environment[`INPUT_${flag.name.toUpperCase()}`]?.trim()
    if (!written) continue
    if (flag.value === undefined) given.set(flag.name, [String(readBoolean(flag.name, written))])
    else for (const line of flag.list ? linesOf(written) : [written]) addValue(given, flag, line)
  }
  return given
}

/** The entries of an input that takes one a line. */
export function readLines(environment: Readonly<Record<string, string | undefined>>, name: string): string[] {
  return linesOf(environment[`INPUT_${name.toUpperCase()}`] ?? '')
}

function linesOf(written: string): string[] {
  return written
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** YAML 1.2's booleans, as every action has them; anything else is told rather than taken for false. */
function readBoolean(name: string, written: string): boolean {
  if (/^(?:true|True|TRUE)$/.test(written)) return true
  if (/^(?:false|False|FALSE)$/.test(written)) return false
  throw new UsageError(`The input ${name} must be true or false, not ${JSON.stringify(written)}.`)
}
