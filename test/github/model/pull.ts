import type { Account } from './people.ts'

export interface Pull {
  id: number
  number: number
  title: string
  body: string | null
  author: Account
  draft: boolean
  state: 'open' | 'closed'
  /** Branch names. */
  head: string
  base: string
  /** The last commit of the branch while the pull request was open. */
  headOid: string
  /** The tip of the base branch: current while open, as it was when closed. */
  baseOid: string
  labels: Label[]
  assignees: Account[]
  reviewers: Account[]
  teams: string[]
  approvals: number
  milestone?: Milestone
  locked: boolean
  comments: Comment[]
  events: Event[]
  createdAt: string
  updatedAt: string
  closedAt?: string
  merged?: { by: Account; at: string; oid: string }
  autoMerge?: AutoMerge
  queued?: { by: Account; at: string }
  /** The pair of commits whose mergeability somebody has asked for. */
  mergeabilityAskedFor?: string
}

export type MergeMethod = 'merge' | 'rebase' | 'squash'

export interface AutoMerge {
  by: Account
  at: string
  method: MergeMethod
  headline?: string
  body?: string
}

export interface Label {
  id: number
  name: string
  color: string
  description: string | null
}

export interface Milestone {
  id: number
  number: number
  title: string
  description: string | null
  state: 'open' | 'closed'
  creator: Account
  createdAt: string
}

export interface Comment {
  id: number
  body: string
  author: Account
  createdAt: string
  updatedAt: string
}

/** One entry of the timeline. `event` is REST's word (`head_ref_deleted`). */
export interface Event {
  id: number
  event: string
  actor: Account
  at: string
  oid?: string
  before?: string
  label?: Label
  assignee?: Account
  reviewer?: Account
  team?: string
  rename?: { from: string; to: string }
}
