import { UsageError } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'
import { resolveCommit } from '../repository/revision.ts'
import type { Forge } from './forge.ts'

/**
 * No forge at all: a plan is made at a revision of a clone, `HEAD` unless given, and nothing can be written.
 *
 * @param complete fetches what a shallow clone lacks.
 */
export function openLocalForge(git: Git, revision = 'HEAD', complete: () => Promise<void> = async () => {}): Forge {
  const readBase = async () => {
    const commit = await resolveCommit(git, revision)
    await complete()
    return { branch: revision, commit }
  }
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
