import type { Status } from '../model/records.ts'
import { timestamp, type World } from '../model/world.ts'
import { invalid, notFound, Problem } from '../problem.ts'
import { readCommit } from '../store/objects.ts'
import { findCommit } from './find.ts'
import { page } from './page.ts'
import { minimalRepositoryView } from './repository-view.ts'
import { type Call, created, type Routes } from './route.ts'
import { api, nodeId } from './urls.ts'
import { userView } from './user-view.ts'

export const statusRoutes: Routes = {
  'repos/create-commit-status': { accepts: 'statuses=write', answer: create },
  'repos/list-commit-statuses-for-ref': { accepts: 'statuses=read', answer: list },
  'repos/get-combined-status-for-ref': { accepts: 'statuses=read', answer: combined },
}

async function create({ world, token, path, body }: Call) {
  const commit = await readCommit(world.reader, path.sha as string)
  if (!commit) throw new Problem(422, `No commit found for SHA: ${path.sha}`)
  const description = (body.description as string | null | undefined) ?? null
  if ((description?.length ?? 0) > 140) {
    throw invalid({
      resource: 'Status',
      code: 'custom',
      field: 'description',
      message: 'description is too long (maximum is 140 characters)',
    })
  }
  const status: Status = {
    id: world.nextId(),
    oid: commit.oid,
    context: (body.context as string | undefined) ?? 'default',
    state: body.state as Status['state'],
    description,
    targetUrl: (body.target_url as string | null | undefined) ?? null,
    creator: token.account,
    at: timestamp(world),
  }
  world.statuses.push(status)
  return created(statusView(world, status))
}

async function statusesOf({ world, path }: Call) {
  const commit = await findCommit(world, path.ref)
  if (!commit) throw notFound()
  const statuses = world.statuses.filter(({ oid }) => oid === commit.oid).reverse()
  return { commit, statuses }
}

async function list(call: Call) {
  const { statuses } = await statusesOf(call)
  return page(
    call,
    statuses.map((status) => statusView(call.world, status)),
  )
}

async function combined(call: Call) {
  const { world } = call
  const { commit, statuses } = await statusesOf(call)
  const latest = statuses.filter(
    (each, index) => statuses.findIndex(({ context }) => context === each.context) === index,
  )
  return page(
    call,
    latest.map((status) => statusView(world, status)).map(({ creator, ...simple }) => simple),
    (shown) => ({
      state: combine(latest.map(({ state }) => state)),
      statuses: shown,
      sha: commit.oid,
      total_count: latest.length,
      repository: minimalRepositoryView(world),
      commit_url: api(world, `/commits/${commit.oid}`),
      url: api(world, `/commits/${commit.oid}/status`),
    }),
  )
}

/** One word for all contexts; without any, GitHub says pending. */
export function combine(states: readonly Status['state'][]): 'failure' | 'pending' | 'success' {
  if (states.some((state) => state === 'error' || state === 'failure')) return 'failure'
  return states.length === 0 || states.includes('pending') ? 'pending' : 'success'
}

function statusView(world: World, status: Status) {
  return {
    id: status.id,
    node_id: nodeId('SC', status.id),
    url: api(world, `/statuses/${status.oid}`),
    avatar_url: `${world.url}/avatars/${status.creator.id}`,
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    created_at: status.at,
    updated_at: status.at,
    creator: userView(world, status.creator),
  }
}
