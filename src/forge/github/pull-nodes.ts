import type { BranchPullRequests, ClosedPullRequest, OpenPullRequest } from '../forge.ts'

/** Pull requests in GraphQL, as `read-query.ts` asks for them. */
export interface OpenNode {
  id: string
  number: number
  url: string
  title: string
  body: string
  headRefOid: string
  isDraft: boolean
  isCrossRepository: boolean
  viewerDidAuthor: boolean
  mergeStateStatus: string
  author: Actor | null
  labels: { nodes: readonly { name: string }[] | null } | null
  autoMergeRequest: object | null
  mergeQueueEntry: object | null
}

export interface ClosedNode {
  number: number
  merged: boolean
  body: string
  isCrossRepository: boolean
  viewerDidAuthor: boolean
  author: Actor | null
  timelineItems: { nodes: readonly { actor?: Actor | null }[] | null }
}

interface Actor {
  __typename: string
  login: string
}

/** The newest of each; `nodes` come newest first. A fork may name its branches as ours: its pull requests are not ours. */
export function newestOpen(nodes: readonly OpenNode[] | null): OpenNode | undefined {
  return nodes?.find(({ isCrossRepository }) => !isCrossRepository)
}

export function newestClosed(nodes: readonly ClosedNode[] | null): ClosedNode | undefined {
  return nodes?.find(({ isCrossRepository }) => !isCrossRepository)
}

export function branchPullRequests(open: OpenNode | undefined, closed: ClosedNode | undefined): BranchPullRequests {
  return { ...(open && { open: openPullRequest(open) }), ...(closed && { closed: closedPullRequest(closed) }) }
}

function openPullRequest(node: OpenNode): OpenPullRequest {
  const { number, url, title, body, mergeStateStatus } = node
  return {
    ...{ number, url, title, body },
    head: node.headRefOid,
    draft: node.isDraft,
    labels: (node.labels?.nodes ?? []).map(({ name }) => name),
    ours: node.viewerDidAuthor,
    merging: node.autoMergeRequest !== null || node.mergeQueueEntry !== null,
    mergeState: mergeStateStatus,
  }
}

/** GraphQL leaves `[bot]` out of both logins, so a person's that reads the same differs in its type. */
function closedPullRequest({
  number,
  merged,
  body,
  viewerDidAuthor,
  author,
  timelineItems,
}: ClosedNode): ClosedPullRequest {
  const closer = timelineItems.nodes?.at(-1)?.actor
  const byPerson = closer?.login !== author?.login || closer?.__typename !== author?.__typename
  return { number, merged, byPerson, ours: viewerDidAuthor, body }
}
