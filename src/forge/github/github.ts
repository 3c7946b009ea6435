import type { Git } from '../../repository/git.ts'
import type { Remote } from '../../repository/remote.ts'
import { type BaseTip, type Forge, Unsure } from '../forge.ts'
import { readBase } from './base.ts'
import { type Address, createClient } from './client.ts'
import { dispatchEvent } from './dispatch.ts'
import { createExchange, type Exchange } from './exchange.ts'
import type { Known } from './known.ts'
import type { Clock } from './pace.ts'
import { createPullRequests } from './pull-requests.ts'
import { readState } from './read.ts'
import type { ViewerNode } from './read-pages.ts'
import { removeBranch, writeBranch } from './write.ts'

export interface GitHubOptions extends Clock {
  address: Address
  token: string
  /** The local clone. */
  git: Git
  /** The same repository by git: what costs no API call. */
  remote: Pick<Remote, 'address' | 'list' | 'defaultBranch' | 'fetch'>
  /** The base branch; the default branch unless given. */
  base?: string
  /** Told of every wait, and whether commits are signed. */
  note(message: string): void
  /** HTTP; GitHub itself unless given. */
  exchange?: Exchange
}

export interface GitHubForge extends Forge {
  readonly kind: 'github'
  /** Whoever the token is of, once something was read. */
  account(): Account | undefined
  /** Starts the workflows that listen to `repository_dispatch` with this type. */
  dispatch(type: string, payload?: Readonly<Record<string, unknown>>): Promise<void>
}

export interface Account {
  login: string
  /** `Name <email>`, as GitHub writes it into commits of this account that have no other. */
  signature: string
  /** A workflow's own token starts no workflows (reference: promote.md §9). */
  isWorkflow: boolean
}

/** GitHub, or a server of one's own: nothing goes to another address than those given. */
export function openGitHubForge(options: GitHubOptions): GitHubForge {
  const { address, token, git, remote, note, now, sleep, exchange = createExchange({ token }) } = options
  const client = createClient(address, { exchange, note, now, sleep })
  let tip: BaseTip | undefined
  let lastRead: Known | undefined
  const known = () => {
    if (lastRead) return lastRead
    throw new Unsure('nothing was read before the first write')
  }
  const lookAtBase = async () => {
    tip = await readBase(remote, options.base)
    return tip
  }
  return {
    kind: 'github',
    readBase: lookAtBase,
    async read(query) {
      const ports = { client, git, fetch: remote.fetch }
      const { state, known } = await readState(query, tip ?? (await lookAtBase()), ports)
      lastRead = known
      return state
    },
    write: (change) => writeBranch(change, known().repositoryId, { client, git, note }),
    remove: (branch, before) => removeBranch(client, known().repositoryId, branch, before),
    pullRequests: createPullRequests({ client, known, sleep, note }),
    account: () => lastRead && accountOf(lastRead.viewer, address),
    dispatch: (type, payload) => dispatchEvent(client, type, payload),
  }
}

function accountOf({ login, databaseId }: ViewerNode, { serverUrl }: Address): Account {
  const email = `${databaseId}+${login}@users.noreply.${new URL(serverUrl).hostname}`
  return { login, signature: `${login} <${email}>`, isWorkflow: login === 'github-actions[bot]' }
}
