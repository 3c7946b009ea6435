import { shownMergeability } from '../model/mergeability.ts'
import type { Comment, Label, Milestone, Pull } from '../model/pull.ts'
import type { World } from '../model/world.ts'
import { diffFiles } from '../store/diff.ts'
import { commitsBetween, mergeBase } from '../store/history.ts'
import { repositoryView } from './repository-view.ts'
import { api, html, nodeId } from './urls.ts'
import { teamView, userView } from './user-view.ts'

/** `pull-request-simple`, as lists show it. */
export function simplePullView(world: World, pull: Pull) {
  const url = api(world, `/pulls/${pull.number}`)
  const issue = api(world, `/issues/${pull.number}`)
  const href = (target: string) => ({ href: target })
  const statuses = api(world, `/statuses/${pull.headOid}`)
  const assignees = pull.assignees.map((each) => userView(world, each))
  return {
    id: pull.id,
    node_id: nodeId('PR', pull.number),
    number: pull.number,
    state: pull.state,
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    locked: pull.locked,
    user: userView(world, pull.author),
    author_association: world.collaborators.has(pull.author.login.toLowerCase()) ? 'COLLABORATOR' : 'CONTRIBUTOR',
    url,
    html_url: html(world, `/pull/${pull.number}`),
    diff_url: html(world, `/pull/${pull.number}.diff`),
    patch_url: html(world, `/pull/${pull.number}.patch`),
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: api(world, '/pulls/comments{/number}'),
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    // Where lists of pull requests are described, a label's description is never null.
    labels: pull.labels.map((label) => labelView(world, { ...label, description: label.description ?? '' })),
    milestone: pull.milestone ? milestoneView(world, pull.milestone) : null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: pull.reviewers.map((each) => userView(world, each)),
    requested_teams: pull.teams.map((slug) => teamView(world, slug)),
    head: endView(world, pull.head, pull.headOid),
    base: endView(world, pull.base, pull.baseOid),
    auto_merge: pull.autoMerge
      ? {
          enabled_by: userView(world, pull.autoMerge.by),
          merge_method: pull.autoMerge.method,
          commit_title: pull.autoMerge.headline ?? '',
          commit_message: pull.autoMerge.body ?? '',
        }
      : null,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt ?? null,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged?.oid ?? null,
    _links: {
      self: href(url),
      html: href(html(world, `/pull/${pull.number}`)),
      issue: href(issue),
      comments: href(`${issue}/comments`),
      review_comments: href(`${url}/comments`),
      review_comment: href(api(world, '/pulls/comments{/number}')),
      commits: href(`${url}/commits`),
      statuses: href(statuses),
    },
  }
}

/** `pull-request`, as asked for alone. */
export async function pullView(world: World, pull: Pull) {
  const { mergeable, state } = await shownMergeability(world, pull)
  const from = (await mergeBase(world.git, pull.baseOid, pull.headOid)) ?? pull.baseOid
  const files = await diffFiles(world.git, from, pull.headOid)
  return {
    ...simplePullView(world, pull),
    merged: pull.merged !== undefined,
    merged_by: pull.merged ? userView(world, pull.merged.by) : null,
    mergeable,
    mergeable_state: state,
    rebaseable: mergeable,
    maintainer_can_modify: false,
    comments: pull.comments.length,
    review_comments: 0,
    commits: (await commitsBetween(world.git, from, pull.headOid)).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  }
}

function endView(world: World, ref: string, sha: string) {
  const owner = userView(world, world.owner)
  return { label: `${world.owner.login}:${ref}`, ref, sha, user: owner, repo: repositoryView(world) }
}

/** `label`. */
export function labelView(world: World, label: Label) {
  const url = api(world, `/labels/${encodeURIComponent(label.name)}`)
  const { id, name, color, description } = label
  return { id, node_id: nodeId('LA', name), url, name, color, default: false, description }
}

/** `milestone`. */
export function milestoneView(world: World, milestone: Milestone) {
  const url = api(world, `/milestones/${milestone.number}`)
  const on = [...world.pulls.values()].filter((pull) => pull.milestone === milestone)
  const open = on.filter(({ state }) => state === 'open').length
  return {
    id: milestone.id,
    node_id: nodeId('MI', milestone.number),
    number: milestone.number,
    title: milestone.title,
    description: milestone.description,
    state: milestone.state,
    creator: userView(world, milestone.creator),
    url,
    html_url: html(world, `/milestone/${milestone.number}`),
    labels_url: `${url}/labels`,
    open_issues: open,
    closed_issues: on.length - open,
    created_at: milestone.createdAt,
    updated_at: milestone.createdAt,
    closed_at: null,
    due_on: null,
  }
}

/** `issue-comment`. */
export function commentView(world: World, pull: Pull, comment: Comment) {
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: api(world, `/issues/comments/${comment.id}`),
    html_url: html(world, `/pull/${pull.number}#issuecomment-${comment.id}`),
    issue_url: api(world, `/issues/${pull.number}`),
    user: userView(world, comment.author),
    author_association: 'CONTRIBUTOR',
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  }
}
