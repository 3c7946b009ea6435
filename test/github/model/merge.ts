import { Problem } from '../problem.ts'
import { commitsBetween, mergeTrees } from '../store/history.ts'
import { readCommit, writeCommit } from '../store/objects.ts'
import { moveRefs } from '../store/refs.ts'
import { markMerged, refsMoved } from './lifecycle.ts'
import { authorOf, type Token, WEB_FLOW } from './people.ts'
import type { MergeMethod, Pull } from './pull.ts'
import { timestamp, type World } from './world.ts'

export interface MergeWish {
  method: MergeMethod
  headline?: string
  body?: string
}

/** Writes the commit on the base branch, moves it, closes the pull request. The head branch stays unless settings say so. */
export async function mergePull(world: World, token: Token, pull: Pull, wish: MergeWish): Promise<string> {
  const oid = await (wish.method === 'rebase' ? rebased(world, token, pull) : mergeCommit(world, token, pull, wish))
  const change = { name: `refs/heads/${pull.base}`, before: pull.baseOid, after: oid }
  const { failed } = await moveRefs(world.git, [change])
  if (failed) throw new Problem(405, 'Base branch was modified. Review and try the merge again.')
  markMerged(world, token, pull, oid)
  await refsMoved(world, token, [change])
  if (world.settings.deleteBranchOnMerge) await deleteHead(world, token, pull)
  return oid
}

async function mergeCommit(world: World, token: Token, pull: Pull, wish: MergeWish): Promise<string> {
  const merged = await mergeTrees(world.git, pull.baseOid, pull.headOid)
  if (merged === 'conflict') throw new Problem(405, 'Pull Request is not mergeable')
  const date = world.now().toISOString()
  const squash = wish.method === 'squash'
  const headline =
    wish.headline ??
    (squash
      ? `${pull.title} (#${pull.number})`
      : `Merge pull request #${pull.number} from ${world.owner.login}/${pull.head}`)
  const body = wish.body ?? (squash ? '' : pull.title)
  return writeCommit(world.git, {
    tree: merged.tree,
    parents: squash ? [pull.baseOid] : [pull.baseOid, pull.headOid],
    message: body ? `${headline}\n\n${body}` : headline,
    author: { ...authorOf(squash ? pull.author : token.account), date },
    committer: { ...WEB_FLOW, date },
    signed: true,
  })
}

/** Each commit again on top of the base: GitHub makes new ones even where it could fast-forward. */
async function rebased(world: World, token: Token, pull: Pull): Promise<string> {
  let tip = pull.baseOid
  for (const oid of (await commitsBetween(world.git, pull.baseOid, pull.headOid)).reverse()) {
    const commit = await readCommit(world.reader, oid)
    const merged = await mergeTrees(world.git, tip, oid)
    if (!commit || merged === 'conflict') throw new Problem(405, 'This branch cannot be rebased due to conflicts')
    const committer = { ...authorOf(token.account), date: timestamp(world) }
    tip = await writeCommit(world.git, { ...commit, tree: merged.tree, parents: [tip], committer, signed: false })
  }
  return tip
}

async function deleteHead(world: World, token: Token, pull: Pull): Promise<void> {
  const change = { name: `refs/heads/${pull.head}`, before: pull.headOid, after: undefined }
  if ((await moveRefs(world.git, [change])).failed) return
  await refsMoved(world, token, [change])
}
