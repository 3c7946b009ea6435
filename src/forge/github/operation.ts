/** What a call is for, as its failures tell it. */
export interface Operation {
  /** A gerund with its object: `opening a pull request`. */
  doing: string
  /** What the token needs, as lines of a workflow's `permissions:`. */
  needs: readonly string[]
}

/** Everything that is asked of GitHub. The permissions are those of GitHub's X-Accepted-GitHub-Permissions. */
export const OPERATIONS = {
  read: {
    doing: 'reading branches and pull requests',
    needs: ['contents: read', 'pull-requests: read'],
  },
  signals: {
    doing: 'reading what gates wait for',
    needs: ['statuses: read', 'checks: read', 'deployments: read'],
  },
  commit: { doing: 'writing a commit', needs: ['contents: write'] },
  moveBranch: { doing: 'moving a branch', needs: ['contents: write'] },
  open: { doing: 'opening a pull request', needs: ['pull-requests: write'] },
  edit: { doing: 'editing a pull request', needs: ['pull-requests: write'] },
  askReview: { doing: 'asking for reviews', needs: ['pull-requests: write'] },
  close: { doing: 'closing a pull request', needs: ['pull-requests: write'] },
  comment: { doing: 'commenting on a pull request', needs: ['pull-requests: write'] },
  merge: { doing: 'merging a pull request', needs: ['contents: write', 'pull-requests: write'] },
  dispatch: { doing: 'starting workflows', needs: ['contents: write'] },
} as const satisfies Record<string, Operation>
