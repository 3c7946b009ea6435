import { UsageError } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'
import { resolveCommit } from '../repository/revision.ts'
import type { Forge } from './forge.ts'

/** No forge at all: a plan is made at `HEAD` of a clone, and nothing can be written. */
export function openLocalForge(git: Git): Forge {
  const readBase = async () => ({ branch: 'HEAD', commit: await resolveCommit(git, 'HEAD') })
  const refuse = async (): Promise<never> => {
    throw new UsageError('Nothing is written without a forge; add --forge github or --forge git.')
  }
  return {
    kind: 'git',
    readBase,
    read: async () => ({
      base: await readBase(),
      branches: new Map(),
      pullRequests: new Map(),
      answers: new Map(),
    }),
    write: refuse,
    remove: refuse,
  }
}
