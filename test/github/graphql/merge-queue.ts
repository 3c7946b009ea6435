import type { Pull } from '../model/pull.ts'
import { html, nodeId } from '../rest/urls.ts'
import { actorNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import type { Context } from './context.ts'
import { pullNode } from './pull.ts'

const waiting = ({ world }: Context) => [...world.pulls.values()].filter((pull) => pull.queued)

export function queueNode(context: Context) {
  const { world } = context
  return {
    id: nodeId('MQ', world.defaultBranch),
    url: html(world, `/queue/${world.defaultBranch}`),
    entries: (args: PageArguments) =>
      connection('entries', args, waiting(context), (pull) => queueEntryNode(context, pull)),
  }
}

export function queueEntryNode(context: Context, pull: Pull) {
  if (!pull.queued) return null
  return {
    id: nodeId('MQE', pull.number),
    enqueuedAt: pull.queued.at,
    enqueuer: actorNode(context, pull.queued.by),
    position: waiting(context).indexOf(pull) + 1,
    state: 'QUEUED',
    pullRequest: () => pullNode(context, pull),
  }
}

export function autoMergeNode(context: Context, pull: Pull) {
  const { autoMerge } = pull
  if (!autoMerge) return null
  return {
    commitHeadline: autoMerge.headline ?? null,
    commitBody: autoMerge.body ?? null,
    enabledAt: autoMerge.at,
    enabledBy: actorNode(context, autoMerge.by),
    mergeMethod: autoMerge.method.toUpperCase(),
    pullRequest: () => pullNode(context, pull),
  }
}
