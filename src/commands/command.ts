import type { Flag, Given } from '../inputs/flag.ts'
import type { World } from './world.ts'

/** One command of the command line. */
export interface Command {
  name: string
  /** What stands after the name in the help, e.g. `[PATH…|-]`. */
  operands: string
  summary: string
  flags: readonly Flag[]
  /** Answers with the exit code. */
  run(request: { given: Given; operands: readonly string[] }, world: World): Promise<number>
}

/** The flags that every command has. */
export function commonFlags(formats: readonly string[]): Flag[] {
  return [
    { name: 'config', value: 'FILE', help: 'configuration (default: .gitops.yaml of the repository)' },
    { name: 'format', value: 'FORMAT', choices: formats, help: `one of ${formats.join(', ')}` },
    { name: 'output', value: 'FILE', help: 'write the report there instead of standard output' },
    { name: 'verbose', help: 'say more, also where an error came from' },
    { name: 'help', help: 'show this' },
  ]
}
