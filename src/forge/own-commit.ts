import type { OwnCommit } from './forge.ts'
import type { HeadCommit } from './head-commit.ts'
import { ACTION, parseTrailers } from './trailers.ts'

/** Who commits what is made through GitHub's API or web pages. */
const GITHUB = 'noreply@github.com'

/**
 * What makes the head of a branch ours: one commit on the base's history, with our trailers, committed by its author or by
 * GitHub. One of ours that somebody amended keeps its author, but not its committer. A head within the base's history is
 * nobody's commit: the branch may be moved.
 *
 * @param beside the commits that the base does not reach.
 */
export function ownCommit(head: HeadCommit, beside: ReadonlySet<string>): OwnCommit | undefined {
  if (!beside.has(head.id)) return { parent: head.id, trailers: new Map(), changed: new Map() }
  const [parent, ...others] = head.parents
  if (parent === undefined || others.length > 0 || beside.has(parent)) return undefined
  const trailers = parseTrailers(head.message)
  if (!trailers.get(ACTION)?.some((action) => /^(?:promote|rollback|update)$/.test(action))) return undefined
  if (head.committer !== head.author && head.committer !== GITHUB) return undefined
  return { parent, trailers, changed: head.changed }
}
