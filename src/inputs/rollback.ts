import type { RollbackRequest } from '../promote/rollback/request.ts'
import { UsageError } from '../report/failure.ts'
import { type Flag, type Given, text } from './flag.ts'
import { FORGE_FLAGS, type ForgeInputs, readForgeInputs, refuseOperands } from './promote.ts'

export const ROLLBACK_FLAGS: readonly Flag[] = [
  {
    name: 'app',
    value: 'APP',
    single: 'A rollback is of one application; name one with --app, and roll back the others on their own.',
    aliases: ['application'],
    help: 'the application',
  },
  {
    name: 'environment',
    value: 'ENV',
    single: 'A rollback is in one environment; name one with --environment, and roll back the others on their own.',
    aliases: ['env', 'to', 'in'],
    help: 'the environment',
  },
  {
    name: 'to-version',
    value: 'V',
    aliases: ['to', 'version', 'tag', 'revision'],
    help: "the version to go back to, from the environment's history (default: the one before the last change)",
  },
  ...FORGE_FLAGS,
]

export interface RollbackInputs extends ForgeInputs {
  request: RollbackRequest
}

/** @param inActions there the forge is GitHub unless another is named. */
export function readRollbackInputs(given: Given, operands: readonly string[], inActions: boolean): RollbackInputs {
  refuseOperands(operands)
  const [app, environment, toVersion] = [text(given, 'app'), text(given, 'environment'), text(given, 'to-version')]
  if (!app) throw new UsageError('A rollback is of one application; name it with --app.')
  if (!environment) throw new UsageError('A rollback is in one environment; name it with --environment.')
  return {
    ...readForgeInputs(given, inActions),
    request: { app, environment, ...(toVersion !== undefined && { toVersion }) },
  }
}
