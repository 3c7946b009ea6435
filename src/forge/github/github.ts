import type { Git } from '../../repository/git.ts'
import { type BaseTip, type Branch, type Forge, Unsure } from '../forge.ts'
import { type Address, createClient } from './client.ts'
import { dispatchEvent } from './dispatch.ts'
import { createExchange, type Exchange } from './exchange.ts'
import type { Known } from './known.ts'
import type { Clock } from './pace.ts'
import { createPullRequests } from './pull-requests.ts'
import { readState } from './read.ts'
import { removeBranch, writeBranch } from './write.ts'

/** The repository by git: what costs no API call. */
export interface Upstream {
  /** The base branch and its tip, whose whole history is in the local clone afterwards. */
  readBase(): Promise<BaseTip>
  /** Brings commits into the local clone, those that it has already included. */
  fetch(commits: readonly string[]): Promise<void>
  /** What the branches hold beside the base, from the objects of the local clone. */
  inspect(heads: ReadonlyMap<string, string>, base: string): Promise<ReadonlyMap<string, Branch>>
}

export interface GitHubOptions extends Clock {
  address: Address
  token: string
  git: Git
  upstream: Upstream
  /** Told of every wait, and whether commits are signed. */
  note(message: string): void
  /** HTTP; GitHub itself unless given. */
  exchange?: Exchange
}

export interface GitHubForge extends Forge {
  readonly kind: 'github'
  /** Starts the workflows that listen to `repository_dispatch` with this type. */
  dispatch(type: string, payload?: Readonly<Record<string, unknown>>): Promise<void>
}

/** GitHub, or a server of one's own: nothing goes to another address than those given. */
export function openGitHubForge(options: GitHubOptions): GitHubForge {
  const { address, token, git, upstream, note, now, sleep, exchange = createExchange({ token }) } = options
  const client = createClient(address, { exchange, note, now, sleep })
  let tip: BaseTip | undefined
  let lastRead: Known | undefined
  const known = () => {
    if (lastRead) return lastRead
    throw new Unsure('nothing was read before the first write')
  }
  const readBase = async () => {
    tip = await upstream.readBase()
    return tip
  }
  return {
    kind: 'github',
    readBase,
    async read(query) {
      const ports = { client, git, fetch: upstream.fetch, inspect: upstream.inspect }
      const { state, known } = await readState(query, tip ?? (await readBase()), ports)
      lastRead = known
      return state
    },
    write: (change) => writeBranch(change, known().repositoryId, { client, git, note }),
    remove: (branch, before) => removeBranch(client, known().repositoryId, branch, before),
    pullRequests: createPullRequests({ client, known, sleep, note }),
    dispatch: (type, payload) => dispatchEvent(client, type, payload),
  }
}
