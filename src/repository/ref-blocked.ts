import { remoteWords } from './remote-failure.ts'

const HEADS = 'refs/heads/'
const TAKEN = /'(refs\/[^']+)' exists; cannot create/
const CONFLICT = /exists; cannot create|directory file conflict|refname conflict|non-empty directory/
const LOCKED = /Unable to create '[^']*\.lock': File exists/

/** Whether the server found a lock of another process, or of one that is no more. */
export function isLocked(stderr: string): boolean {
  return LOCKED.test(stderr)
}

/**
 * Why a ref could not be written although it did not move: a branch whose name is a folder of its name, the other way
 * round, or a lock. Git names them in the same words as a race (`failed to update ref`), and tells the rest on standard
 * error.
 *
 * @param reason what `git push --porcelain` has of the ref.
 * @param said the lines of the server.
 * @returns the reason, with the cure.
 */
export function refBlocked(
  ref: string,
  reason: string,
  said: readonly string[],
): { is: 'refused'; reason: string } | undefined {
  const ours = said.filter((line) => line.includes(`'${ref}'`))
  const lines = [reason, ...(ours.length > 0 ? ours : said)]
  const words = lines.join(' ')
  const refused = (cure: string) => ({ is: 'refused' as const, reason: `${remoteWords(lines)}; ${cure}` })
  if (CONFLICT.test(words)) {
    const name = TAKEN.exec(words)?.[1] ?? ref.split('/').slice(0, 3).join('/')
    return refused(`rename or delete the branch ${shortName(name)}, which leaves no room for ${shortName(ref)}`)
  }
  if (isLocked(words)) return refused('run again; if nobody is pushing, remove that lock from the remote')
  return undefined
}

function shortName(ref: string): string {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : ref
}
