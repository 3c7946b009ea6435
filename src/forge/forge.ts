import type { Answers, Question } from '../signal/signal.ts'

/**
 * Where branches are pushed and pull requests are opened. Everything is read anew in each round; nothing is remembered
 * between runs. Writes are serial, and each either happened, did not, or ends in `Unsure`: then the caller reads again and
 * reconciles, which is the only way in which a write is ever repeated.
 */
export interface Forge {
  readonly kind: 'github' | 'git'
  /** The base branch and its tip, whose objects and whole history are in the local clone afterwards. */
  readBase(): Promise<BaseTip>
  /** What stands, in one request (and its further pages). Heads of our branches are in the local clone afterwards. */
  read(query: ForgeQuery): Promise<ForgeState>
  /** Makes a branch one commit on `base`, if it still is at `before`. Returns the commit. */
  write(change: BranchChange): Promise<string>
  /** Deletes a branch if it still is at `before`. */
  remove(branch: string, before: string): Promise<void>
  /** Absent where the forge has no pull requests that could be read. */
  readonly pullRequests?: PullRequests
}

export interface PullRequests {
  open(wanted: NewPullRequest): Promise<OpenedPullRequest>
  update(number: number, change: { title?: string; body?: string; about?: About }): Promise<void>
  /** Labels and assignees are added, none removed. The body, when given, is written in the same call, which is the last. */
  decorate(number: number, decoration: Decoration): Promise<{ refused: string[]; unassigned?: string[] }>
  /** Says why in a comment. The branch stays. */
  close(number: number, comment: string): Promise<void>
  merge(request: MergeRequest): Promise<MergeOutcome>
  /** Takes back what would merge it by itself. */
  stopMerging(number: number): Promise<void>
}

export interface BaseTip {
  branch: string
  commit: string
}

export interface ForgeQuery {
  /** Branches that are wanted: their pull requests are told even where the branches are gone. */
  branches: readonly string[]
  /** What gates hang on. */
  questions: readonly Question[]
  milestone?: string | number
}

export interface ForgeState {
  /** As it is now: it may have moved since `readBase`. */
  base: BaseTip
  /** Every branch below `gitops/promote/`, `gitops/rollback/` and `gitops/update/`. */
  branches: ReadonlyMap<string, Branch>
  /** By branch: those into the base branch, from this repository. */
  pullRequests: ReadonlyMap<string, BranchPullRequests>
  answers: Answers
  /** The number of the milestone asked for; `undefined` where there is no such open one. */
  milestone?: number
}

/** A branch of ours as it stands. */
export interface Branch {
  name: string
  head: string
  /**
   * What makes it ours: exactly one commit beside the base's history, with our trailers, committed by who wrote it or by
   * GitHub. `undefined` where it holds any other commit.
   */
  own: OwnCommit | undefined
}

export interface OwnCommit {
  parent: string
  /** Trailers by key, `Gitops-Action` among them, each with all its values. */
  trailers: ReadonlyMap<string, readonly string[]>
  /** Path → id of the blob after the commit; `undefined` where it deletes the file. */
  changed: ReadonlyMap<string, string | undefined>
}

export interface BranchPullRequests {
  open?: OpenPullRequest
  /** The newest closed one. */
  closed?: ClosedPullRequest
}

export interface OpenPullRequest {
  number: number
  url: string
  title: string
  body: string
  head: string
  draft: boolean
  labels: readonly string[]
  /** Opened by the account that we are. Another's text is never overwritten. */
  ours: boolean
  /** Whether it is set to merge by itself, or stands in the merge queue. */
  merging: boolean
  /** Whether GitHub would merge it now: GraphQL's `mergeStateStatus`. */
  mergeState: string
}

export interface ClosedPullRequest {
  number: number
  merged: boolean
  /** Closed by an account other than its author. */
  byPerson: boolean
  ours: boolean
  body: string
}

export interface BranchChange {
  branch: string
  /** Its head now; `undefined` where it must not exist. */
  before: string | undefined
  base: BaseTip
  message: string
  files: readonly { path: string; after: Uint8Array }[]
  /** What `forge/git` tells a server that makes merge requests of pushes. */
  title: string
  body: string
}

/**
 * What a text is about. Two runs cannot see each other write texts, but the answer tells what stands: where it is something
 * else, another run was faster, and the call ends in `Unsure`.
 */
export interface About {
  /** Commits that the branch may be at: the one that was written, and the one before, which GitHub may still tell. */
  heads: readonly string[]
  title: string
}

export interface NewPullRequest {
  branch: string
  base: string
  title: string
  body: string
  draft: boolean
  about?: About
}

export interface OpenedPullRequest {
  number: number
  url: string
  /** An open one stood already: somebody else was faster. Its text is not ours yet. */
  adopted: boolean
}

export interface Decoration {
  labels: readonly string[]
  /** Logins, and teams as `team:NAME`. */
  reviewers: readonly string[]
  /** Logins. */
  assignees?: readonly string[]
  milestone?: number
  body?: string
  about?: About
}

export interface MergeRequest {
  number: number
  head: string
  mode: 'auto' | 'queue'
  mergeState: string
}

export type MergeOutcome =
  | { is: 'merged'; commit: string }
  /** GitHub merges it when its rules are met, or it stands in the queue. */
  | { is: 'waiting' }
  /** It stands as it is; the reason is a sentence. */
  | { is: 'refused'; reason: string }

/**
 * A write met another state than was read, or nobody knows whether it happened: the caller reads again and reconciles. The
 * message is a clause.
 */
export class Unsure extends Error {}

/** The forge refused this one pull request or branch for a reason that another try would not change; others may go on. */
export class Declined extends Error {}
