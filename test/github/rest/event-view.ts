import type { Event, Pull } from '../model/pull.ts'
import type { World } from '../model/world.ts'
import { api, nodeId } from './urls.ts'
import { teamView, userView } from './user-view.ts'

/** `issue-event-for-issue`; the timeline takes the same. */
export function eventView(world: World, pull: Pull, event: Event) {
  const commit = ['head_ref_force_pushed', 'merged'].includes(event.event) ? event.oid : undefined
  return {
    id: event.id,
    node_id: nodeId('EV', `${pull.number}/${event.id}`),
    url: api(world, `/issues/events/${event.id}`),
    actor: userView(world, event.actor),
    event: event.event,
    commit_id: commit ?? null,
    commit_url: commit ? api(world, `/commits/${commit}`) : null,
    created_at: event.at,
    performed_via_github_app: null,
    ...(event.label && { label: { name: event.label.name, color: event.label.color } }),
    ...(event.rename && { rename: event.rename }),
    ...(event.assignee && { assignee: userView(world, event.assignee), assigner: userView(world, event.actor) }),
    ...((event.reviewer || event.team) && { review_requester: userView(world, event.actor) }),
    ...(event.reviewer && { requested_reviewer: userView(world, event.reviewer) }),
    ...(event.team && { requested_team: teamView(world, event.team) }),
  }
}
