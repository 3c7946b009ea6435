import { refsMoved } from '../model/lifecycle.ts'
import { authorOf, WEB_FLOW } from '../model/people.ts'
import { fullName, timestamp } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { readCommit, writeBlob, writeCommit } from '../store/objects.ts'
import { moveRefs } from '../store/refs.ts'
import { type TreeChange, writeTree } from '../store/tree.ts'
import { commitNode } from './commit.ts'
import { type Context, need } from './context.ts'
import { refById } from './find.ts'
import { refNode } from './git.ts'

interface CommitInput {
  branch: { id?: string | null; repositoryNameWithOwner?: string | null; branchName?: string | null }
  expectedHeadOid: string
  message: { headline: string; body?: string | null }
  fileChanges?: { additions: { path: string; contents: string }[] | null; deletions: { path: string }[] | null } | null
}

export function commitMutations(context: Context) {
  return {
    createCommitOnBranch: async ({ input }: { input: CommitInput }) => {
      need(context, 'contents=write')
      const name = await branchOf(context, input)
      const commit = await append(context, name, input)
      return { commit: commitNode(context, commit), ref: refNode(context, { name, oid: commit.oid, type: 'commit' }) }
    },
  }
}

async function branchOf(context: Context, { branch }: CommitInput): Promise<string> {
  if (branch.id) return (await refById(context, branch.id)).name
  const { repositoryNameWithOwner: repository, branchName } = branch
  if (repository?.toLowerCase() !== fullName(context.world).toLowerCase() || !branchName) {
    throw new Problem(404, `Could not resolve to a Repository with the name '${repository}'.`)
  }
  return branchName.startsWith('refs/') ? branchName : `refs/heads/${branchName}`
}

/** Append only: always one commit on top, signed, all files without the executable bit. */
async function append({ world, token }: Context, name: string, input: CommitInput) {
  const tip = await readCommit(world.reader, name)
  if (!tip) throw new Problem(404, `No such branch: ${name}`)
  if (tip.oid !== input.expectedHeadOid) {
    const message = `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`
    throw new Problem(422, message, { type: 'STALE_DATA' })
  }
  const { additions = [], deletions = [] } = input.fileChanges ?? {}
  // GitHub takes an absent list but fails on a null one, although the schema allows it.
  if (!additions || !deletions)
    throw new Problem(500, 'Something went wrong while executing your query.', { type: 'INTERNAL' })
  const added = additions.map(async ({ path, contents }): Promise<TreeChange> => {
    return { path, mode: '100644', oid: await writeBlob(world.git, Buffer.from(contents, 'base64')) }
  })
  const removed = deletions.map(({ path }): TreeChange => ({ path, mode: '100644', oid: null }))
  const tree = await writeTree(world.git, tip.tree, [...removed, ...(await Promise.all(added))])
  const { headline, body } = input.message
  const date = timestamp(world)
  const after = await writeCommit(world.git, {
    tree,
    parents: [tip.oid],
    message: body ? `${headline}\n\n${body}` : headline,
    author: { ...authorOf(token.account), date },
    committer: { ...WEB_FLOW, date },
    signed: true,
  })
  const change = { name, before: tip.oid, after }
  if ((await moveRefs(world.git, [change])).failed) throw new Problem(422, 'Reference cannot be updated')
  await refsMoved(world, token, [change])
  const commit = await readCommit(world.reader, after)
  if (!commit) throw new Error(`git lost the commit ${after}`)
  return commit
}
