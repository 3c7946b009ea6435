import type { Status } from '../model/records.ts'
import { combine } from '../rest/statuses.ts'
import { html, nodeId } from '../rest/urls.ts'
import { actorNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import { type Context, need } from './context.ts'

/** The newest of each context. */
function contextsOf({ world }: Context, oid: string): Status[] {
  const newest = world.statuses.filter((status) => status.oid === oid).reverse()
  return newest.filter((each, index) => newest.findIndex(({ context }) => context === each.context) === index)
}

export function statusNode(context: Context, oid: string) {
  need(context, 'statuses=read')
  const contexts = contextsOf(context, oid)
  if (contexts.length === 0) return null
  const state = combine(contexts.map((status) => status.state)).toUpperCase()
  return { id: nodeId('S', oid), state, contexts: contexts.map((each) => contextNode(context, each)) }
}

/** Statuses and check runs together; null where there is none. */
export function rollupNode(context: Context, oid: string) {
  need(context, 'statuses=read')
  need(context, 'checks=read')
  const statuses = contextsOf(context, oid).map((each) => contextNode(context, each))
  const checks = context.world.checks.filter((check) => check.oid === oid).map((each) => checkNode(context, each))
  const all = [...statuses, ...checks]
  if (all.length === 0) return null
  const words = all.map(wordOf)
  const state = words.includes('FAILURE') ? 'FAILURE' : words.includes('PENDING') ? 'PENDING' : 'SUCCESS'
  return {
    id: nodeId('SR', oid),
    state,
    contexts: (args: PageArguments) => ({
      ...connection('contexts', args, all, (each) => each),
      checkRunCount: checks.length,
      statusContextCount: statuses.length,
    }),
  }
}

function wordOf(each: ReturnType<typeof contextNode> | ReturnType<typeof checkNode>): string {
  if ('context' in each) return each.state === 'ERROR' ? 'FAILURE' : each.state
  if (each.status !== 'COMPLETED') return 'PENDING'
  return ['NEUTRAL', 'SKIPPED', 'SUCCESS'].includes(each.conclusion ?? '') ? 'SUCCESS' : 'FAILURE'
}

function contextNode(context: Context, status: Status) {
  return {
    __typename: 'StatusContext',
    id: nodeId('SC', status.id),
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: status.at,
    creator: actorNode(context, status.creator),
  }
}

function checkNode({ world }: Context, check: Context['world']['checks'][number]) {
  return {
    __typename: 'CheckRun',
    id: nodeId('CR', check.id),
    databaseId: check.id,
    name: check.name,
    status: check.status.toUpperCase(),
    conclusion: check.conclusion?.toUpperCase() ?? null,
    detailsUrl: check.detailsUrl,
    startedAt: check.startedAt,
    completedAt: check.completedAt,
    url: html(world, `/runs/${check.id}`),
  }
}
