import { branchName } from '../branch.ts'
import type { PullRequest } from '../group.ts'
import type { Promotion } from '../plan.ts'
import type { Snapshot } from '../snapshot.ts'
import { rollbackTitle } from '../title.ts'

/** The pull request of a rollback: always of one application, and under no cap on open ones. */
export function rollbackPullRequest(promotion: Promotion, { layout }: Pick<Snapshot, 'layout'>): PullRequest {
  const { app, to, files } = promotion
  const environment = layout.environments.get(to)
  return {
    branch: branchName('rollback', to, app),
    environment: to,
    grouped: false,
    title: rollbackTitle(promotion),
    promotions: [promotion],
    files,
    merge: environment?.merge ?? 'manual',
    reviewers: environment?.reviewers ?? [],
    assignees: environment?.assignees ?? [],
    labels: environment?.labels ?? [],
  }
}
