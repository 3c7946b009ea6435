import type { Git } from '../../repository/git.ts'
import type { BranchChange } from '../forge.ts'
import { formatIdentity, type Identity } from './identity.ts'
import { writeTree } from './write-tree.ts'

type Change = Pick<BranchChange, 'base' | 'files' | 'message'>

/**
 * Writes a commit on the base with some files changed, and nothing else: no ref, index or file of the clone. It is dated by
 * the clock, for where a branch is merged without a merge commit a soak runs from this date; by its parent where the clock is
 * behind.
 *
 * @param by who writes it, and when, in milliseconds since 1970.
 * @returns its id.
 */
export async function writeCommit(
  git: Git,
  change: Change,
  { identity, now }: { identity: Identity; now: number },
): Promise<string> {
  const { base, message } = change
  const tree = await writeTree(git, change)
  const seconds = Math.max(await committedAt(git, base.commit), Math.floor(now / 1000))
  const commit = formatCommit({ tree, parent: base.commit, identity, seconds, message })
  return text(await git(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: commit }))
}

interface CommitObject {
  tree: string
  parent: string
  identity: Identity
  /** Since 1970. */
  seconds: number
  message: string
}

/** A commit as Git stores it. Written out, no setting of the user's (signing, encoding, environment) has a part in it. */
function formatCommit({ tree, parent, identity, seconds, message }: CommitObject): string {
  const who = `${formatIdentity(identity)} ${seconds} +0000`
  return `tree ${tree}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\n\n${message}`
}

async function committedAt(git: Git, commit: string): Promise<number> {
  const shown = await git([
    'log',
    '-1',
    '--no-show-signature',
    '--no-color',
    '--format=%ct',
    '--end-of-options',
    commit,
  ])
  return Number(text(shown))
}

function text(output: Buffer): string {
  return output.toString('utf8').trim()
}
