import type { Pull } from '../model/pull.ts'
import type { World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { type Commit, readCommit } from '../store/objects.ts'
import type { Call } from './route.ts'

/** The pull request that `{pull_number}` or `{issue_number}` names. */
export function pullOf({ world, path }: Call): Pull {
  const pull = world.pulls.get(Number(path.pull_number ?? path.issue_number))
  if (!pull) throw notFound()
  return pull
}

/** A commit by branch, tag, full or short SHA, in the order in which GitHub tries them; `HEAD` when unnamed. */
export async function findCommit(world: World, name: string | undefined): Promise<Commit | undefined> {
  if (!name) return readCommit(world.reader, 'HEAD')
  const short = name.replace(/^refs\//, '')
  const names = [
    `refs/${short}`,
    `refs/heads/${short}`,
    `refs/tags/${short}`,
    ...(/^[0-9a-f]{7,40}$/.test(name) ? [name] : []),
  ]
  for (const each of name === 'HEAD' ? ['HEAD'] : names) {
    const commit = await readCommit(world.reader, each)
    if (commit) return commit
  }
  return undefined
}

export async function commitOf(world: World, name: string): Promise<Commit> {
  const commit = await findCommit(world, name)
  if (!commit) throw new Problem(422, `No commit found for SHA: ${name}`)
  return commit
}
