import { UsageError } from '../report/failure.ts'
import { nearest } from '../report/nearest.ts'
import type { Command } from './command.ts'
import { demoCommand } from './demo/demo.ts'
import { diffCommand } from './diff.ts'
import { promoteCommand } from './promote.ts'
import { renderCommand } from './render.ts'
import { rollbackCommand } from './rollback.ts'
import { validateCommand } from './validate.ts'

export const COMMANDS: readonly Command[] = [
  validateCommand,
  renderCommand,
  diffCommand,
  promoteCommand,
  rollbackCommand,
  demoCommand,
]

export function findCommand(name: string): Command {
  const found = COMMANDS.find((command) => command.name === name)
  if (found) return found
  const close = nearest(
    name,
    COMMANDS.map((command) => command.name),
  )
  throw new UsageError(
    `There is no command ${JSON.stringify(name)}; ${close ? `did you mean ${close}?` : 'see gitops --help.'}`,
  )
}
