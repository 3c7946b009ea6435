import type { World } from '../commands/world.ts'
import { Refusal } from '../report/failure.ts'
import { type Git, openGit } from '../repository/git.ts'
import { findRemote, type RemoteAddress } from '../repository/remote-address.ts'
import { remoteEnvironment } from '../repository/remote-environment.ts'
import { findRoot } from '../repository/worktree.ts'
import type { ActionEvent } from './event.ts'

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/

/**
 * The base of a pull request as a commit of the clone. Fetching it from the repository's own remote is the only
 * connection that a fork's run may open.
 *
 * @throws Refusal naming `fetch-depth: 2` where it can be had in neither way
 */
export async function baseInHistory(
  pullRequest: NonNullable<ActionEvent['pullRequest']>,
  world: Pick<World, 'run' | 'environment' | 'workingDirectory'>,
): Promise<string> {
  const { root } = findRoot(world.workingDirectory)
  const git = openGit(root, world.run, world.environment)
  const has = async (revision: string) => (await git.try(['cat-file', '-e', `${revision}^{commit}`])).code === 0
  const parents = (await git.try(['rev-list', '--parents', '-n', '1', 'HEAD'])).stdout
    .toString('utf8')
    .trim()
    .split(' ')
  const merged = parents.length === 3 && parents[2] === pullRequest.headSha
  if (merged && (await has('HEAD^1'))) return parents[1] as string
  if (!COMMIT.test(pullRequest.baseSha)) throw missingBase(pullRequest.baseRef)
  if (await has(pullRequest.baseSha)) return pullRequest.baseSha
  const address = await findRemote(git, 'origin', 'fetch').catch(() => undefined)
  if (!address) throw missingBase(pullRequest.baseRef)
  const more = await networkEnvironment(git, address, world.environment)
  const network = openGit(root, world.run, world.environment, more)
  const fetch = ['fetch', '--quiet', '--no-tags', '--depth=1', '--end-of-options', 'origin', pullRequest.baseSha]
  const fetched = await network.try(fetch)
  if (fetched.code === 0 && (await has(pullRequest.baseSha))) return pullRequest.baseSha
  throw missingBase(pullRequest.baseRef)
}

/** With `persist-credentials: false` the clone of a private repository has no login of its own; the token goes to GitHub alone. */
async function networkEnvironment(git: Git, address: RemoteAddress, environment: World['environment']) {
  const { GITHUB_TOKEN, GITHUB_SERVER_URL } = environment
  const ownSsh = (await git.try(['config', '--get', 'core.sshCommand'])).code === 0
  const token = GITHUB_TOKEN ? { url: GITHUB_SERVER_URL || 'https://github.com', token: GITHUB_TOKEN } : undefined
  return remoteEnvironment(environment, address, { token, ownSsh })
}

function missingBase(baseRef: string): Refusal {
  return new Refusal(
    `The base of this pull request (${baseRef}) is not in the clone and cannot be fetched; check out with fetch-depth: 2.`,
  )
}
