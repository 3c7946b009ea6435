import type { Git } from './git.ts'
import { isLocked, refBlocked } from './ref-blocked.ts'
import type { RemoteAddress } from './remote-address.ts'
import { mainWords, refusedBy, remoteWords } from './remote-failure.ts'

/** A ref that is to move; `undefined` stands for no ref: made, or deleted. */
export interface RefUpdate {
  /** In full: `refs/heads/main`. */
  ref: string
  before: string | undefined
  after: string | undefined
}

export type PushOutcome =
  /** With what the server said, such as where to open a merge request; `''` for nothing. */
  | { is: 'pushed'; said: string }
  /** It was not where it was said to be. */
  | { is: 'moved' }
  /**
   * By a hook, a rule, a permission, or a ref or lock that is in the way. The reason is what the server said, in one
   * bounded line, and the cure where one is known.
   */
  | { is: 'refused'; reason: string }
  /** The connection ended before the server answered. */
  | { is: 'unknown'; reason: string }

/**
 * Moves refs of a remote that still are where they were read, all or none where the server can, and tells what came of
 * each. Push options are left out for a server that takes none.
 *
 * @throws Refusal where the remote cannot be reached or lets nobody in.
 */
export async function pushRefs(
  git: Git,
  { url, shown }: RemoteAddress,
  updates: readonly RefUpdate[],
  options: readonly string[],
): Promise<ReadonlyMap<string, PushOutcome>> {
  const push = (flags: readonly string[]) =>
    git.try([
      ...['push', '--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no', ...flags],
      ...updates.map(({ ref, before }) => `--force-with-lease=${ref}:${before ?? ''}`),
      ...['--end-of-options', url],
      ...updates.map(({ ref, after }) => `${after ?? ''}:${ref}`),
    ])
  const flags = { atomic: updates.length > 1, options: options.length > 0 }
  for (let locked = 0; ; ) {
    const finished = await push([
      ...(flags.atomic ? ['--atomic'] : []),
      ...(flags.options ? options.map((option) => `--push-option=${option}`) : []),
    ])
    // Git finds out before it sends anything.
    const lacks = /receiving end does not support (push options|--atomic)/.exec(finished.stderr)?.[1]
    if (lacks === 'push options' && flags.options) flags.options = false
    else if (lacks === '--atomic' && flags.atomic) flags.atomic = false
    // Somebody who pushes holds the lock for a moment; nobody knows whether somebody does.
    else if (finished.code !== 0 && isLocked(finished.stderr) && ++locked < MOST_LOCKED) continue
    else {
      const outcomes = parsePorcelain(finished.stdout.toString('utf8'), finished.stderr)
      if (finished.code === 0 || updates.every(({ ref }) => outcomes.has(ref))) return complete(updates, outcomes)
      const refusal = refusedBy(finished, 'the push', shown)
      if (refusal) throw refusal
      return complete(updates, outcomes, { is: 'unknown', reason: mainWords(finished.stderr) })
    }
  }
}

/** Git waits for a lock by itself each time. */
const MOST_LOCKED = 3

/** What the server does when somebody else was faster although the lease held when Git looked. */
const RACED =
  /stale info|fetch first|non-fast-forward|cannot lock ref|directory file conflict|refname conflict|failed to (?:update|lock)|reference already exists|incorrect old value/

/** `FLAG TAB from:to TAB summary (reason)`, one line a ref. */
export function parsePorcelain(stdout: string, stderr: string): Map<string, PushOutcome> {
  const said = stderr.split('\n').filter((line) => line.startsWith('remote: '))
  const server = remoteWords(said)
  const outcomes = new Map<string, PushOutcome>()
  const dragged: string[] = []
  for (const line of stdout.split('\n')) {
    const [, flag, ref, summary = ''] = /^([ +\-*!=])\t[^\t]*:([^\t]+)\t(.*)$/.exec(line) ?? []
    if (flag === undefined || ref === undefined) continue
    const reason = /\((.*)\)\s*$/.exec(summary)?.[1] ?? summary
    if (flag !== '!') outcomes.set(ref, { is: 'pushed', said: server })
    else if (/atomic (?:push|transaction) fail/.test(reason)) dragged.push(ref)
    else if (summary.startsWith('[remote failure]')) outcomes.set(ref, { is: 'unknown', reason: remoteWords([reason]) })
    else if (RACED.test(reason)) outcomes.set(ref, refBlocked(ref, reason, said) ?? { is: 'moved' })
    else outcomes.set(ref, { is: 'refused', reason: remoteWords([server === '' ? reason : `${reason}: ${server}`]) })
  }
  const cause = [...outcomes.values()].find(({ is }) => is !== 'pushed') ?? { is: 'moved' }
  for (const ref of dragged) outcomes.set(ref, cause)
  return outcomes
}

function complete(
  updates: readonly RefUpdate[],
  outcomes: ReadonlyMap<string, PushOutcome>,
  otherwise: PushOutcome = { is: 'pushed', said: '' },
): ReadonlyMap<string, PushOutcome> {
  return new Map(updates.map(({ ref }) => [ref, outcomes.get(ref) ?? otherwise]))
}
