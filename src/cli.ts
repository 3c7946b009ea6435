import { helpFor, helpOverview } from './commands/help.ts'
import { COMMANDS, findCommand } from './commands/table.ts'
import type { World } from './commands/world.ts'
import { readArguments } from './inputs/flag.ts'
import { Refusal, UsageError } from './report/failure.ts'
import { failUsage } from './report/usage.ts'
import { VERSION } from './version.ts'

/**
 * Runs the command line and answers with the exit code: 0 fine, 1 the answer is no, 2 usage or configuration,
 * 3 something needed failed.
 */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  const [first, ...rest] = args
  try {
    if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
      world.sink.report(helpOverview(COMMANDS))
      return first === undefined ? 2 : 0
    }
    if (first === '--version') {
      world.sink.report(`${VERSION}\n`)
      return 0
    }
    const command = findCommand(first)
    const { given, rest: operands } = readArguments(rest, command.flags)
    if (given.has('help')) {
      world.sink.report(helpFor(command))
      return 0
    }
    return await command.run({ given, operands }, world)
  } catch (error) {
    return fail(error, world)
  }
}

function fail(error: unknown, { sink }: World): number {
  if (error instanceof UsageError) {
    failUsage(error, sink)
    return 2
  }
  if (!(error instanceof Refusal))
    sink.note('This is a fault of gitops itself; please report it with the output of --verbose.')
  sink.fail(error)
  return 3
}
