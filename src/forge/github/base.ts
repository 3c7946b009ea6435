import { Refusal } from '../../report/failure.ts'
import type { Remote } from '../../repository/remote.ts'
import type { BaseTip } from '../forge.ts'

/**
 * The base branch and its tip by git alone, which costs no API call; its history is in the local clone afterwards.
 *
 * @param branch the remote's default branch unless given.
 */
export async function readBase(
  remote: Pick<Remote, 'address' | 'list' | 'defaultBranch' | 'fetch'>,
  branch: string | undefined,
): Promise<BaseTip> {
  const tip = branch === undefined ? await remote.defaultBranch() : await tipOf(remote, branch)
  await remote.fetch([tip.commit])
  return tip
}

async function tipOf({ address, list }: Pick<Remote, 'address' | 'list'>, branch: string): Promise<BaseTip> {
  const ref = `refs/heads/${branch}`
  const commit = (await list([ref])).get(ref)
  if (commit !== undefined) return { branch, commit }
  throw new Refusal(`${address.shown} has no branch ${JSON.stringify(branch)}; name the one to promote on with --base.`)
}
