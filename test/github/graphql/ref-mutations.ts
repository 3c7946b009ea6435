import { refsMoved } from '../model/lifecycle.ts'
import { Problem } from '../problem.ts'
import { isAncestor } from '../store/history.ts'
import { findRef, isValidRefName, moveRefs, type RefChange } from '../store/refs.ts'
import { ZERO } from '../store/tree.ts'
import { type Context, need } from './context.ts'
import { refById, requireRepository } from './find.ts'
import { refNode } from './git.ts'

interface RefUpdate {
  name: string
  beforeOid?: string | null
  afterOid: string
  force: boolean
}

export function refMutations(context: Context) {
  return {
    updateRefs: async ({ input }: { input: { repositoryId: string; refUpdates: RefUpdate[] } }) => {
      need(context, 'contents=write')
      requireRepository(context, input.repositoryId)
      const changes: RefChange[] = []
      for (const update of input.refUpdates) changes.push(await changeOf(context, update))
      await move(context, changes)
      return {}
    },
    createRef: async ({ input }: { input: { repositoryId: string; name: string; oid: string } }) => {
      need(context, 'contents=write')
      requireRepository(context, input.repositoryId)
      const { name, oid } = input
      await move(context, [await changeOf(context, { name, beforeOid: ZERO, afterOid: oid, force: false })])
      return { ref: refNode(context, { name, oid, type: 'commit' }) }
    },
    updateRef: async ({ input }: { input: { refId: string; oid: string; force: boolean } }) => {
      need(context, 'contents=write')
      const { name } = await refById(context, input.refId)
      await move(context, [await changeOf(context, { name, afterOid: input.oid, force: input.force })])
      return { ref: refNode(context, { name, oid: input.oid, type: 'commit' }) }
    },
    deleteRef: async ({ input }: { input: { refId: string } }) => {
      need(context, 'contents=write')
      const { name } = await refById(context, input.refId)
      await move(context, [await changeOf(context, { name, afterOid: ZERO, force: true })])
      return {}
    },
  }
}

/**
 * `beforeOid` is a condition even with `force`; all zeros mean that the ref must not exist, or shall not. GitHub's own
 * words for a condition that does not hold are not documented, so clients must not depend on these.
 */
async function changeOf({ world }: Context, { name, beforeOid, afterOid, force }: RefUpdate): Promise<RefChange> {
  if (!(await isValidRefName(world.git, name)) || !/^refs\/(heads|tags)\//.test(name)) {
    throw new Problem(422, `${name} is not a valid ref name.`)
  }
  const before = (await findRef(world.git, name))?.oid
  if (beforeOid != null && beforeOid !== (before ?? ZERO)) {
    throw new Problem(422, `Reference cannot be updated: expected ${name} to point to ${beforeOid} but it did not.`)
  }
  if (afterOid === ZERO) {
    if (name === `refs/heads/${world.defaultBranch}`) throw new Problem(422, 'Cannot delete this branch')
    return { name, before, after: undefined }
  }
  if (!(await world.reader.read(afterOid))) throw new Problem(422, 'Object does not exist')
  if (before && !force && !(await isAncestor(world.git, before, afterOid))) {
    throw new Problem(422, 'Update is not a fast forward')
  }
  return { name, before, after: afterOid }
}

async function move({ world, token }: Context, changes: RefChange[]): Promise<void> {
  const real = changes.filter(({ before, after }) => before !== after)
  if (real.length === 0) return
  if ((await moveRefs(world.git, real)).failed) throw new Problem(422, 'Reference cannot be updated')
  await refsMoved(world, token, real)
}
