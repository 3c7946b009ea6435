import { isAncestor } from '../store/history.ts'
import type { RefChange } from '../store/refs.ts'
import type { Account, Token } from './people.ts'
import type { Pull } from './pull.ts'
import { startRun } from './runs.ts'
import { record, timestamp, type World } from './world.ts'

const BRANCH = 'refs/heads/'

/** What moving refs means for pull requests. Every writer (push, REST, GraphQL, a merge) ends here. */
export async function refsMoved(world: World, token: Token, changes: readonly RefChange[]): Promise<void> {
  for (const change of changes.filter(({ name }) => name.startsWith(BRANCH))) {
    startRun(world, token, { event: 'push', ref: change.name })
    const branch = change.name.slice(BRANCH.length)
    for (const pull of world.pulls.values()) {
      if (pull.head === branch) await headMoved(world, token, pull, change)
      if (pull.base === branch && pull.state === 'open') await baseMoved(world, token, pull, change)
    }
  }
}

async function headMoved(world: World, token: Token, pull: Pull, { before, after }: RefChange): Promise<void> {
  if (pull.state === 'closed') {
    if (!after) record(world, pull, token.account, 'head_ref_deleted')
    else if (!before) record(world, pull, token.account, 'head_ref_restored')
    return
  }
  if (!after) {
    record(world, pull, token.account, 'head_ref_deleted')
    return closePull(world, token, pull)
  }
  if (before && !(await isAncestor(world.git, before, after))) {
    record(world, pull, token.account, 'head_ref_force_pushed', { before, oid: after })
  }
  pull.headOid = after
  pull.updatedAt = timestamp(world)
  await world.git(['update-ref', `refs/pull/${pull.number}/head`, after])
  // Nothing left to merge: GitHub closes it for good, while whoever pushed sees success.
  if (await isAncestor(world.git, after, pull.baseOid)) return closePull(world, token, pull)
  startRun(world, token, { event: 'pull_request', action: 'synchronize', ref: `refs/pull/${pull.number}/merge` })
}

async function baseMoved(world: World, token: Token, pull: Pull, { after }: RefChange): Promise<void> {
  if (!after) return closePull(world, token, pull)
  pull.baseOid = after
  if (await isAncestor(world.git, pull.headOid, after)) markMerged(world, token, pull, after)
}

export function closePull(world: World, token: Token, pull: Pull): void {
  pull.state = 'closed'
  pull.closedAt = timestamp(world)
  pull.autoMerge = undefined
  pull.queued = undefined
  record(world, pull, token.account, 'closed')
  startRun(world, token, { event: 'pull_request', action: 'closed', ref: `refs/pull/${pull.number}/merge` })
}

/** `oid` is the commit that brought the changes into the base branch. */
export function markMerged(world: World, token: Token, pull: Pull, oid: string, by: Account = token.account): void {
  pull.merged = { by, at: timestamp(world), oid }
  record(world, pull, by, 'merged', { oid })
  closePull(world, token, pull)
}

/** Why a closed pull request stays closed, in GitHub's words, or undefined. */
export async function whyNotReopened(world: World, pull: Pull): Promise<string | undefined> {
  if (pull.merged) return 'state cannot be changed. The pull request has been merged.'
  const head = await world.reader.read(`refs/heads/${pull.head}`)
  if (!head) return `state cannot be changed. The ${pull.head} branch has been deleted.`
  if (!(await isAncestor(world.git, pull.headOid, head.oid))) {
    return `state cannot be changed. The ${pull.head} branch was force-pushed or recreated.`
  }
  const open = [...world.pulls.values()].find(
    (each) => each.state === 'open' && each.head === pull.head && each.base === pull.base,
  )
  return open && `state cannot be changed. There is already an open pull request from ${pull.head} to ${pull.base}.`
}

export async function reopenPull(world: World, token: Token, pull: Pull): Promise<void> {
  pull.state = 'open'
  pull.closedAt = undefined
  pull.headOid = (await world.reader.read(`refs/heads/${pull.head}`))?.oid ?? pull.headOid
  pull.baseOid = (await world.reader.read(`refs/heads/${pull.base}`))?.oid ?? pull.baseOid
  record(world, pull, token.account, 'reopened')
  startRun(world, token, { event: 'pull_request', action: 'reopened', ref: `refs/pull/${pull.number}/merge` })
}
