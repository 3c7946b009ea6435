import type { Request } from '../promote/request.ts'
import { UsageError } from '../report/failure.ts'
import { type Flag, type Given, isOn, list, text } from './flag.ts'

export const PROMOTE_FORMATS = ['text', 'json', 'markdown'] as const

/** What promote, rollback and update have in common: where they write. */
export const FORGE_FLAGS: readonly Flag[] = [
  { name: 'dry-run', help: 'write nothing: print the plan and the changes' },
  {
    name: 'forge',
    value: 'WHICH',
    choices: ['github', 'git'],
    help: 'github opens pull requests (default in GitHub Actions), git pushes branches; without it nothing is written',
  },
  { name: 'remote', value: 'NAME', help: 'the remote that --forge git pushes to (default: origin)' },
  { name: 'base', value: 'BRANCH', help: "the branch that is read and merged into (default: the repository's)" },
]

export const PROMOTE_FLAGS: readonly Flag[] = [
  { name: 'app', value: 'APP', list: true, help: 'applications to promote (default: all)' },
  { name: 'environment', value: 'ENV', list: true, help: 'target environments (default: all that have a from)' },
  { name: 'to', value: 'ENV', list: true, help: 'the same as --environment' },
  { name: 'version', value: 'V', help: 'this version, which its source has or had, instead of the newest' },
  ...FORGE_FLAGS,
]

/** Where a run reads from and writes to. */
export interface ForgeInputs {
  config: string | undefined
  /** `undefined`: nothing is written. */
  forge: 'github' | 'git' | undefined
  remote: string
  base: string | undefined
  dryRun: boolean
}

export interface PromoteInputs extends ForgeInputs {
  request: Request
}

/** @param inActions there the forge is GitHub unless another is named. */
export function readPromoteInputs(given: Given, operands: readonly string[], inActions: boolean): PromoteInputs {
  refuseOperands(operands)
  const apps = list(given, 'app')
  const environments = [...list(given, 'environment'), ...list(given, 'to')]
  const version = text(given, 'version')
  return {
    ...readForgeInputs(given, inActions),
    request: {
      ...(apps.length > 0 && { apps }),
      ...(environments.length > 0 && { environments }),
      ...(version !== undefined && { version }),
    },
  }
}

export function readForgeInputs(given: Given, inActions: boolean): ForgeInputs {
  const forge = text(given, 'forge') as ForgeInputs['forge']
  const remote = text(given, 'remote')
  if (remote !== undefined && forge !== 'git') {
    throw new UsageError('--remote names where --forge git pushes to; add --forge git, or leave --remote out.')
  }
  return {
    config: text(given, 'config'),
    forge: forge ?? (inActions ? 'github' : undefined),
    remote: remote ?? 'origin',
    base: text(given, 'base'),
    dryRun: isOn(given, 'dry-run'),
  }
}

/** A bare name is more likely a forgotten flag than a path. */
export function refuseOperands([first]: readonly string[]): void {
  if (first === undefined) return
  throw new UsageError(
    `${JSON.stringify(first)} is no option; name applications with --app, environments with --environment.`,
  )
}
