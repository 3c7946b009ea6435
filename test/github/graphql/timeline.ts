import type { Event, Pull } from '../model/pull.ts'
import { nodeId } from '../rest/urls.ts'
import { commitsBetween, mergeBase } from '../store/history.ts'
import { actorNode, teamNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import type { Context } from './context.ts'
import { objectNode } from './git.ts'
import { commentNode, labelNode } from './notes.ts'
import { pullCommitNode } from './pull.ts'

export interface TimelineArguments extends PageArguments {
  itemTypes?: readonly string[] | null
  since?: string | null
  skip?: number | null
}

/** REST's word for an event and GraphQL's type; events that the stand-in cannot show in GraphQL are left out. */
const TYPES: Readonly<Record<string, string>> = {
  assigned: 'AssignedEvent',
  auto_merge_disabled: 'AutoMergeDisabledEvent',
  auto_merge_enabled: 'AutoMergeEnabledEvent',
  closed: 'ClosedEvent',
  convert_to_draft: 'ConvertToDraftEvent',
  head_ref_deleted: 'HeadRefDeletedEvent',
  head_ref_force_pushed: 'HeadRefForcePushedEvent',
  head_ref_restored: 'HeadRefRestoredEvent',
  labeled: 'LabeledEvent',
  merged: 'MergedEvent',
  ready_for_review: 'ReadyForReviewEvent',
  renamed: 'RenamedTitleEvent',
  reopened: 'ReopenedEvent',
  review_requested: 'ReviewRequestedEvent',
  unlabeled: 'UnlabeledEvent',
}

/** `ClosedEvent` is asked for as `CLOSED_EVENT`. */
const itemType = (typename: string) => typename.replace(/\B([A-Z])/g, '_$1').toUpperCase()

export async function timelineConnection(context: Context, pull: Pull, args: TimelineArguments) {
  const all = await itemsOf(context, pull)
  const found = all
    .filter(({ node }) => !args.itemTypes || args.itemTypes.includes(itemType(node.__typename)))
    .filter(({ at }) => !args.since || at >= args.since)
    .slice(args.skip ?? 0)
  const page = connection('timelineItems', args, found, ({ node }) => node)
  return { ...page, filteredCount: found.length, pageCount: page.nodes.length, updatedAt: pull.updatedAt }
}

interface Item {
  at: string
  id: number
  node: { __typename: string }
}

async function itemsOf(context: Context, pull: Pull): Promise<Item[]> {
  const { git } = context.world
  const from = (await mergeBase(git, pull.baseOid, pull.headOid)) ?? pull.baseOid
  const commits = (await commitsBetween(git, from, pull.headOid)).reverse()
  const later = [
    ...pull.events.flatMap((event) => eventItem(context, pull, event)),
    ...pull.comments.map((comment) => ({
      at: comment.createdAt,
      id: comment.id,
      node: commentNode(context, pull, comment),
    })),
  ]
  return [
    ...commits.map((oid) => ({ at: pull.createdAt, id: 0, node: pullCommitNode(context, pull, oid) })),
    ...later.sort((a, b) => a.id - b.id),
  ]
}

function eventItem(context: Context, pull: Pull, event: Event): Item[] {
  const typename = TYPES[event.event]
  if (!typename) return []
  const node = {
    __typename: typename,
    id: nodeId('EV', `${pull.number}/${event.id}`),
    actor: actorNode(context, event.actor),
    createdAt: event.at,
    headRefName: pull.head,
    mergeRefName: pull.base,
    previousTitle: event.rename?.from,
    currentTitle: event.rename?.to,
    label: event.label && labelNode(context, event.label),
    assignee: event.assignee && actorNode(context, event.assignee),
    requestedReviewer: event.team
      ? teamNode(context, event.team)
      : event.reviewer && actorNode(context, event.reviewer),
    commit: () => (event.oid ? objectNode(context, event.oid) : null),
    beforeCommit: () => (event.before ? objectNode(context, event.before) : null),
    afterCommit: () => (event.oid ? objectNode(context, event.oid) : null),
  }
  return [{ at: event.at, id: event.id, node }]
}
