/** What an administrator chooses for the repository. A test changes them while the server runs. */
export interface Settings {
  /** Private: reading needs permissions too. */
  private: boolean
  archived: boolean
  allowMergeCommit: boolean
  allowSquashMerge: boolean
  allowRebaseMerge: boolean
  allowAutoMerge: boolean
  deleteBranchOnMerge: boolean
  /** "Allow GitHub Actions to create and approve pull requests". */
  actionsMayCreatePullRequests: boolean
  /** Branch protection of the default branch; nothing required means that it is not protected. */
  requiredChecks: readonly string[]
  requiredApprovals: number
  mergeQueue: boolean
  /** GitHub computes mergeability after the first look: that one sees `null` and `UNKNOWN`. */
  lazyMergeability: boolean
  limits: Limits | 'off'
}

/** Requests in a window; the secondary ones are counted by `limits.ts`. */
export interface Limits {
  /** Primary limit, requests an hour. */
  hourly: number
  /** Content-creating requests. */
  contentPerMinute: number
  contentPerHour: number
  /** A read is 1 point, a write 5. */
  restPointsPerMinute: number
  graphqlPointsPerMinute: number
}

export const DEFAULT_SETTINGS: Settings = {
  private: true,
  archived: false,
  allowMergeCommit: true,
  allowSquashMerge: true,
  allowRebaseMerge: true,
  allowAutoMerge: false,
  deleteBranchOnMerge: false,
  actionsMayCreatePullRequests: true,
  requiredChecks: [],
  requiredApprovals: 0,
  mergeQueue: false,
  lazyMergeability: true,
  limits: {
    hourly: 1000,
    contentPerMinute: 80,
    contentPerHour: 500,
    restPointsPerMinute: 900,
    graphqlPointsPerMinute: 2000,
  },
}

export const isProtected = (settings: Settings): boolean =>
  settings.requiredChecks.length > 0 || settings.requiredApprovals > 0 || settings.mergeQueue
