import { Refusal } from '../report/failure.ts'
import type { Remote } from '../repository/remote.ts'
import type { BaseTip } from './forge.ts'

type Source = Pick<Remote, 'address' | 'list' | 'defaultBranch'>

/** The base branch and its tip as they are now; the remote's default branch unless one is named. */
export async function readBaseTip({ address, list, defaultBranch }: Source, branch?: string): Promise<BaseTip> {
  if (branch === undefined) return defaultBranch()
  const ref = `refs/heads/${branch}`
  return tipIn(await list([ref]), branch, address)
}

/** @param refs what the remote listed. */
export function tipIn(
  refs: ReadonlyMap<string, string>,
  branch: string,
  { shown }: Pick<Remote['address'], 'shown'>,
): BaseTip {
  const commit = refs.get(`refs/heads/${branch}`)
  if (commit !== undefined) return { branch, commit }
  throw new Refusal(`${shown} has no branch ${JSON.stringify(branch)}; name the one to promote on with --base.`)
}
