import { invalid, Problem } from '../problem.ts'
import { commitsBetween } from '../store/history.ts'
import type { Token } from './people.ts'
import type { Pull } from './pull.ts'
import { startRun } from './runs.ts'
import { timestamp, type World } from './world.ts'

export interface NewPull {
  title: string
  head: string
  base: string
  body?: string | null
  draft?: boolean
}

/** Opens a pull request, or refuses as GitHub does: branch unknown, nothing to merge, one already open. */
export async function openPull(world: World, token: Token, wish: NewPull): Promise<Pull> {
  if (token.kind === 'actions' && !world.settings.actionsMayCreatePullRequests) {
    throw new Problem(403, 'GitHub Actions is not permitted to create or approve pull requests.')
  }
  const head = ownBranch(world, wish.head)
  const headOid = head && (await world.reader.read(`refs/heads/${head}`))?.oid
  const baseOid = (await world.reader.read(`refs/heads/${wish.base}`))?.oid
  if (!baseOid) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' })
  if (!head || !headOid) throw invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' })
  if (!wish.title.trim()) throw invalid({ resource: 'PullRequest', field: 'title', code: 'missing_field' })
  if ((wish.body?.length ?? 0) > 65_536) {
    throw invalid({
      resource: 'PullRequest',
      field: 'body',
      code: 'custom',
      message: 'body is too long (maximum is 65536 characters)',
    })
  }
  refuseDuplicate(world, head, wish.base)
  if ((await commitsBetween(world.git, baseOid, headOid)).length === 0) {
    throw invalid(custom(`No commits between ${wish.base} and ${head}`))
  }
  return start(world, token, { ...wish, head }, headOid, baseOid)
}

const custom = (message: string) => ({ resource: 'PullRequest', code: 'custom', message })

/** Heads are `branch` or `owner:branch`; the stand-in has no forks. */
export function ownBranch(world: World, head: string): string | undefined {
  const [owner, branch] = head.includes(':') ? head.split(/:(.*)/) : [world.owner.login, head]
  return owner?.toLowerCase() === world.owner.login.toLowerCase() ? branch : undefined
}

function refuseDuplicate(world: World, head: string, base: string): void {
  const same = [...world.pulls.values()].some(
    (pull) => pull.state === 'open' && pull.head === head && pull.base === base,
  )
  if (same) throw invalid(custom(`A pull request already exists for ${world.owner.login}:${head}.`))
}

async function start(world: World, token: Token, wish: NewPull, headOid: string, baseOid: string): Promise<Pull> {
  const at = timestamp(world)
  const pull: Pull = {
    id: world.nextId(),
    number: world.nextNumber(),
    title: wish.title,
    body: wish.body ?? null,
    author: token.account,
    draft: wish.draft ?? false,
    state: 'open',
    head: wish.head,
    base: wish.base,
    headOid,
    baseOid,
    labels: [],
    assignees: [],
    reviewers: [],
    teams: [],
    approvals: 0,
    locked: false,
    comments: [],
    events: [],
    createdAt: at,
    updatedAt: at,
  }
  world.pulls.set(pull.number, pull)
  await world.git(['update-ref', `refs/pull/${pull.number}/head`, headOid])
  startRun(world, token, { event: 'pull_request', action: 'opened', ref: `refs/pull/${pull.number}/merge` })
  return pull
}
