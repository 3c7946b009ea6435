import type { Settled } from './rounds.ts'

/** Pull requests, by number, whose events GitHub keeps from other workflows when the workflow's own token is behind them. */
export interface Handover {
  /** Opened or given a new commit: their workflows wait for an approval. */
  written: readonly number[]
  /** Merged in this run: no `push` starts. */
  merged: readonly number[]
  /** To be merged by GitHub: no `push` will start. */
  merging: readonly number[]
}

export function handoverOf({ done, dryRun }: Pick<Settled, 'done' | 'dryRun'>): Handover {
  const all = dryRun ? [] : [...done.values()]
  const numbers = (which: (each: (typeof all)[number]) => boolean | undefined) =>
    all.filter(which).flatMap(({ pullRequest }) => pullRequest ?? [])
  return {
    written: numbers(({ status, merged }) => !merged && (status === 'open' || status === 'update')),
    merged: numbers(({ merged }) => merged),
    merging: numbers(({ merging }) => merging),
  }
}

/**
 * What people should know of it, as sentences.
 *
 * @param sent whether what listens to `repository_dispatch` was told of the merges.
 */
export function handoverNotes({ written, merged, merging }: Handover, sent: boolean): string[] {
  const notes: string[] = []
  if (written.length > 0)
    notes.push(
      `Workflows of ${listed(written)} wait for “Approve workflows to run”, as the workflow's own token made the commit.`,
    )
  if (merged.length > 0)
    notes.push(
      `The workflow's own token merged ${listed(merged)}, which starts no push workflow; ${
        sent ? `those on repository_dispatch with the type ${HANDOVER} were started` : 'the next scheduled run goes on'
      }.`,
    )
  if (merging.length > 0)
    notes.push(
      `GitHub will merge ${listed(merging)} for the workflow's own token, which starts no push workflow; the next scheduled run goes on.`,
    )
  return notes.length > 0 ? [...notes, 'The token of a GitHub App has none of these limits.'] : []
}

/** The type of `repository_dispatch` that workflows may listen to. */
export const HANDOVER = 'gitops'

const MOST_NUMBERS = 10

function listed(numbers: readonly number[]): string {
  const more = numbers.length - MOST_NUMBERS
  const shown = numbers.slice(0, MOST_NUMBERS).map((number) => `#${number}`)
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
