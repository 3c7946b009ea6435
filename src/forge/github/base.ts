import type { Remote } from '../../repository/remote.ts'
import { readBaseTip } from '../base-tip.ts'
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
  const tip = await readBaseTip(remote, branch)
  await remote.fetch([tip.commit])
  return tip
}
