import { shownMergeability } from '../model/mergeability.ts'
import type { Pull } from '../model/pull.ts'
import { html, nodeId } from '../rest/urls.ts'
import { diffFiles } from '../store/diff.ts'
import { commitsBetween, mergeBase } from '../store/history.ts'
import { findRef } from '../store/refs.ts'
import { actorNode, teamNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import type { Context } from './context.ts'
import { objectNode, refNode } from './git.ts'
import { autoMergeNode, queueEntryNode, queueNode } from './merge-queue.ts'
import { commentNode, labelNode, milestoneNode } from './notes.ts'
import { stateOf } from './pulls.ts'
import { repositoryNode } from './repository.ts'
import { rollupNode } from './status.ts'
import { type TimelineArguments, timelineConnection } from './timeline.ts'

export function pullNode(context: Context, pull: Pull) {
  const { world, token } = context
  const url = html(world, `/pull/${pull.number}`)
  const files = async () => diffFiles(world.git, await forkPoint(context, pull), pull.headOid)
  const total = async (key: 'additions' | 'deletions') => (await files()).reduce((sum, file) => sum + file[key], 0)
  const people = (name: string, of: Pull['assignees']) => (args: PageArguments) =>
    connection(name, args, of, (each) => actorNode(context, each))
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.number),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    url,
    permalink: url,
    author: actorNode(context, pull.author),
    viewerDidAuthor: pull.author === token.account,
    viewerCanUpdate: true,
    state: stateOf(pull),
    closed: pull.state === 'closed',
    closedAt: pull.closedAt ?? null,
    merged: pull.merged !== undefined,
    mergedAt: pull.merged?.at ?? null,
    mergedBy: pull.merged ? actorNode(context, pull.merged.by) : null,
    mergeCommit: () => (pull.merged ? objectNode(context, pull.merged.oid) : null),
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    isDraft: pull.draft,
    isCrossRepository: false,
    locked: pull.locked,
    maintainerCanModify: false,
    ...ends(context, pull),
    ...mergeabilityFields(context, pull),
    repository: () => repositoryNode(context),
    milestone: () => (pull.milestone ? milestoneNode(context, pull.milestone) : null),
    assignees: people('assignees', pull.assignees),
    labels: (args: PageArguments) => connection('labels', args, pull.labels, (each) => labelNode(context, each)),
    comments: (args: PageArguments) =>
      connection('comments', args, pull.comments, (each) => commentNode(context, pull, each)),
    reviewRequests: (args: PageArguments) => reviewRequests(context, pull, args),
    timelineItems: (args: TimelineArguments) => timelineConnection(context, pull, args),
    statusCheckRollup: () => rollupNode(context, pull.headOid),
    additions: () => total('additions'),
    deletions: () => total('deletions'),
    changedFiles: async () => (await files()).length,
    files: async (args: PageArguments) =>
      connection('files', args, await files(), ({ path, additions, deletions, status }) => {
        return { path, additions, deletions, changeType: status === 'removed' ? 'DELETED' : status.toUpperCase() }
      }),
    commits: async (args: PageArguments) => {
      const oids = await commitsBetween(world.git, await forkPoint(context, pull), pull.headOid)
      return connection('commits', args, oids.reverse(), (oid) => pullCommitNode(context, pull, oid))
    },
  }
}

export function pullCommitNode(context: Context, pull: Pull, oid: string) {
  return {
    __typename: 'PullRequestCommit',
    id: nodeId('PRC', `${pull.number}/${oid}`),
    url: html(context.world, `/pull/${pull.number}/commits/${oid}`),
    commit: () => objectNode(context, oid),
    pullRequest: () => pullNode(context, pull),
  }
}

const forkPoint = async ({ world }: Context, pull: Pull) =>
  (await mergeBase(world.git, pull.baseOid, pull.headOid)) ?? pull.baseOid

function ends(context: Context, pull: Pull) {
  const { world } = context
  const ref = async (branch: string) => {
    const found = await findRef(world.git, `refs/heads/${branch}`)
    return found ? refNode(context, found) : null
  }
  return {
    headRefName: pull.head,
    headRefOid: pull.headOid,
    headRef: () => ref(pull.head),
    headRepository: () => repositoryNode(context),
    headRepositoryOwner: actorNode(context, world.owner),
    baseRefName: pull.base,
    baseRefOid: pull.baseOid,
    baseRef: () => ref(pull.base),
  }
}

function mergeabilityFields(context: Context, pull: Pull) {
  const { world } = context
  // Two fields of one answer must not see the computation start and end between them.
  let shown: ReturnType<typeof shownMergeability> | undefined
  const look = () => {
    shown ??= shownMergeability(world, pull)
    return shown
  }
  const queued = world.settings.mergeQueue && pull.base === world.defaultBranch
  return {
    mergeable: async () => {
      const { mergeable } = await look()
      return mergeable === null ? 'UNKNOWN' : mergeable ? 'MERGEABLE' : 'CONFLICTING'
    },
    mergeStateStatus: async () => (await look()).state.toUpperCase(),
    autoMergeRequest: () => autoMergeNode(context, pull),
    isMergeQueueEnabled: queued,
    isInMergeQueue: pull.queued !== undefined,
    mergeQueue: () => (queued ? queueNode(context) : null),
    mergeQueueEntry: () => (pull.queued ? queueEntryNode(context, pull) : null),
  }
}

function reviewRequests(context: Context, pull: Pull, args: PageArguments) {
  const asked = [
    ...pull.reviewers.map((each) => ({ key: each.login, node: actorNode(context, each) })),
    ...pull.teams.map((slug) => ({ key: slug, node: teamNode(context, slug) })),
  ]
  return connection('reviewRequests', args, asked, ({ key, node }) => ({
    id: nodeId('RR', `${pull.number}/${key}`),
    asCodeOwner: false,
    databaseId: null,
    requestedReviewer: node,
    pullRequest: () => pullNode(context, pull),
  }))
}
