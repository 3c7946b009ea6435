import { createHash } from 'node:crypto'
import type { OwnCommit } from '../forge/forge.ts'
import type { PullRequest } from './group.ts'
import { digest, type MachineBlock, versionsOf } from './machine-block.ts'
import type { Plan, Promotion } from './plan.ts'

/** How pull requests are dressed, beside what the environment says. */
export interface Dress {
  draft: boolean
  milestone?: number
  /** The template of the body. */
  body?: string
}

/** A pull request as it should be, with what tells whether it is so already. */
export interface Wanted {
  request: PullRequest
  block: MachineBlock
  /** Something is set on it once it is open: labels, reviewers, assignees or a milestone. */
  decorated: boolean
}

/** Adds to a planned pull request the digest of everything that its text and dress are made of. */
export function wantedOf(plan: Pick<Plan, 'action'>, request: PullRequest, dress: Dress): Wanted {
  const { title, environment, labels, reviewers, assignees, promotions } = request
  const inputs = digest([
    title,
    dress.body ?? '',
    labels,
    reviewers,
    assignees,
    dress.milestone ?? 0,
    promotions.map(({ app, from, left, notes = [], changes }) => [app, from, left, notes, changes.map(asWritten)]),
  ])
  return {
    request,
    block: { v: 1, action: plan.action, to: environment, ...versionsOf(promotions), inputs },
    decorated: [labels, reviewers, assignees].some((each) => each.length > 0) || dress.milestone !== undefined,
  }
}

function asWritten({ target, old, new: value }: Promotion['changes'][number]) {
  return [target.file, target.steps, target.kind, old, value]
}

/** Whether a commit changes exactly these files to exactly these bytes. */
export function hasSameBytes(own: OwnCommit, { files }: Pick<PullRequest, 'files'>): boolean {
  return (
    own.changed.size === files.length &&
    files.every(({ path, after }) => {
      const there = own.changed.get(path)
      return there !== undefined && there === blobId(after, there.length)
    })
  )
}

/** The id that Git gives to a file; its length tells which of the two hashes the repository uses. */
function blobId(bytes: Uint8Array, length: number): string {
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}
