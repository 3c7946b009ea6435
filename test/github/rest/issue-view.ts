import type { Pull } from '../model/pull.ts'
import type { World } from '../model/world.ts'
import { simplePullView } from './pull-view.ts'
import { api, html } from './urls.ts'

/** `issue`. */
export function issueView(world: World, pull: Pull) {
  const view = simplePullView(world, pull)
  const url = api(world, `/issues/${pull.number}`)
  const { id, node_id, number, state, title, body, user, labels, milestone, assignee, assignees, locked, draft } = view
  const { created_at, updated_at, closed_at, author_association, html_url } = view
  return {
    ...{ id, node_id, number, state, title, body, user, labels, milestone, assignee, assignees, locked, draft },
    ...{ created_at, updated_at, closed_at, author_association, html_url },
    url,
    repository_url: api(world, ''),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    comments: pull.comments.length,
    pull_request: {
      url: view.url,
      html_url,
      diff_url: html(world, `/pull/${number}.diff`),
      patch_url: html(world, `/pull/${number}.patch`),
      merged_at: view.merged_at,
    },
  }
}
