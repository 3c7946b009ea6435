import { Refusal } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'
import { resolveCommit } from '../repository/revision.ts'

/** What a change is compared with: a commit of the clone. */
export interface Base {
  git: Git
  revision: string
}

/**
 * Finds the revision that a change is compared with.
 *
 * @throws Refusal where there is no repository, no commit yet, or not this one
 */
export async function openBase(git: Git | undefined, base: string): Promise<Base> {
  if (git) {
    if (await hasCommit(git, base)) return { git, revision: await resolveCommit(git, base) }
    throw new Refusal(
      `This repository has no commit yet, so nothing can be new since --base ${base}; commit first, or leave --base out.`,
    )
  }
  throw new Refusal(
    `--base ${base} needs a Git repository, and there is none here; run gitops in a clone, or leave it out.`,
  )
}

/** Whether there is any commit yet: the checked out one, or else the one that is asked for. */
async function hasCommit(git: Git, base: string): Promise<boolean> {
  for (const revision of ['HEAD', base]) {
    const found = await git.try(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
    if (found.code === 0) return true
  }
  return false
}
