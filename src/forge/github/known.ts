import type { AboutNode, Reading, ViewerNode } from './read-pages.ts'

export type MergeMethod = 'MERGE' | 'REBASE' | 'SQUASH'

/** A pull request as calls that write need to know it. */
export interface KnownPull {
  /** GraphQL's. */
  id: string
  labels: readonly string[]
  /** Opened in this run: nobody else has given it a label yet. */
  fresh: boolean
  /** What would merge it by itself. */
  by: 'auto-merge' | 'queue' | undefined
}

/** What the last read told, for the writes that follow it within the round. */
export interface Known {
  repositoryId: string
  mergeMethod: MergeMethod
  /** By number. */
  pulls: Map<number, KnownPull>
  /** Whoever the token is of. */
  viewer: ViewerNode
}

export function knownFrom({ about, viewer, open }: Pick<Reading, 'about' | 'viewer' | 'open'>): Known {
  const pulls = [...open.values()].map((node): [number, KnownPull] => {
    const by = node.mergeQueueEntry ? 'queue' : node.autoMergeRequest ? 'auto-merge' : undefined
    const labels = (node.labels?.nodes ?? []).map(({ name }) => name)
    return [node.number, { id: node.id, labels, fresh: false, by }]
  })
  return {
    repositoryId: about.id,
    mergeMethod: mergeMethodOf(about),
    pulls: new Map(pulls),
    viewer,
  }
}

/** What GitHub offers first to whoever we are, else what the repository allows. */
function mergeMethodOf(about: AboutNode): MergeMethod {
  const allowed: MergeMethod[] = [
    ...(about.mergeCommitAllowed ? (['MERGE'] as const) : []),
    ...(about.squashMergeAllowed ? (['SQUASH'] as const) : []),
    ...(about.rebaseMergeAllowed ? (['REBASE'] as const) : []),
  ]
  return allowed.find((method) => method === about.viewerDefaultMergeMethod) ?? allowed[0] ?? 'MERGE'
}
