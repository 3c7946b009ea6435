import { closePull, reopenPull, whyNotReopened } from '../model/lifecycle.ts'
import { openPull, ownBranch } from '../model/opening.ts'
import type { Pull } from '../model/pull.ts'
import { record, timestamp } from '../model/world.ts'
import { invalid } from '../problem.ts'
import { diffFiles } from '../store/diff.ts'
import { commitsBetween, mergeBase } from '../store/history.ts'
import { commitView, fileView } from './commit-view.ts'
import { readAll } from './commits.ts'
import { pullOf } from './find.ts'
import { page } from './page.ts'
import { pullView, simplePullView } from './pull-view.ts'
import { type Call, created, ok, type Routes } from './route.ts'

export const pullRoutes: Routes = {
  'pulls/list': { accepts: 'pull_requests=read', answer: list },
  'pulls/get': { accepts: 'pull_requests=read', answer: async (call) => ok(await pullView(call.world, pullOf(call))) },
  'pulls/create': { accepts: 'pull_requests=write', answer: create },
  'pulls/update': { accepts: 'pull_requests=write', answer: update },
  'pulls/list-files': { accepts: 'pull_requests=read', answer: files },
  'pulls/list-commits': { accepts: 'pull_requests=read', answer: commits },
}

function list(call: Call) {
  const { world, query } = call
  const state = query.get('state') ?? 'open'
  const head = query.get('head')
  const base = query.get('base')
  const found = [...world.pulls.values()]
    .filter((pull) => state === 'all' || pull.state === state)
    // Without an owner GitHub ignores the filter, and so answers with everything.
    .filter((pull) => !head?.includes(':') || pull.head === ownBranch(world, head))
    .filter((pull) => !base || pull.base === base)
    .sort((a, b) => a.number - b.number)
  return page(
    call,
    inOrder(found, query).map((pull) => simplePullView(world, pull)),
  )
}

function inOrder(pulls: Pull[], query: URLSearchParams): Pull[] {
  const sort = query.get('sort') ?? 'created'
  const byUpdate = (a: Pull, b: Pull) => a.updatedAt.localeCompare(b.updatedAt) || a.number - b.number
  const sorted = sort === 'updated' ? pulls.toSorted(byUpdate) : pulls
  const descending = query.get('direction') ? query.get('direction') === 'desc' : sort === 'created'
  return descending ? sorted.toReversed() : sorted
}

interface NewPullBody {
  title?: string
  head: string
  base: string
  body?: string
  draft?: boolean
}

async function create({ world, token, body }: Call) {
  const wish = body as unknown as NewPullBody
  if (wish.title === undefined) throw invalid({ resource: 'PullRequest', field: 'title', code: 'missing_field' })
  return created(await pullView(world, await openPull(world, token, { ...wish, title: wish.title })))
}

async function update(call: Call) {
  const { world, token, body } = call
  const pull = pullOf(call)
  if (body.state === 'open' && pull.state === 'closed') {
    const refusal = await whyNotReopened(world, pull)
    if (refusal) throw invalid({ resource: 'PullRequest', field: 'state', code: 'invalid', message: refusal })
  }
  const base = body.base as string | undefined
  const baseOid = base && (await world.reader.read(`refs/heads/${base}`))?.oid
  if (base && !baseOid) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' })
  if (base && baseOid && base !== pull.base) {
    Object.assign(pull, { base, baseOid })
    record(world, pull, token.account, 'base_ref_changed')
  }
  applyText(call, pull)
  if (body.state === 'closed' && pull.state === 'open') closePull(world, token, pull)
  if (body.state === 'open' && pull.state === 'closed') await reopenPull(world, token, pull)
  return ok(await pullView(world, pull))
}

/** Title and body: what pull requests and issues share. */
export function applyText({ world, token, body }: Call, pull: Pull): void {
  if (typeof body.title === 'string' && body.title !== pull.title) {
    record(world, pull, token.account, 'renamed', { rename: { from: pull.title, to: body.title } })
    pull.title = body.title
  }
  if (body.body === undefined) return
  if (typeof body.body === 'string' && body.body.length > 65_536) {
    throw invalid({
      resource: 'Issue',
      field: 'body',
      code: 'custom',
      message: 'body is too long (maximum is 65536 characters)',
    })
  }
  pull.body = body.body as string | null
  pull.updatedAt = timestamp(world)
}

async function files(call: Call) {
  const { world } = call
  const pull = pullOf(call)
  const from = await mergeBase(world.git, pull.baseOid, pull.headOid)
  const changes = await diffFiles(world.git, from, pull.headOid)
  return page(
    call,
    changes.map((file) => fileView(world, pull.headOid, file)),
  )
}

async function commits(call: Call) {
  const { world } = call
  const pull = pullOf(call)
  const from = (await mergeBase(world.git, pull.baseOid, pull.headOid)) ?? pull.baseOid
  const oids = await commitsBetween(world.git, from, pull.headOid)
  return page(
    call,
    (await readAll(world, oids.reverse())).map((commit) => commitView(world, commit)),
  )
}
