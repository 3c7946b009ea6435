import { refsMoved } from '../model/lifecycle.ts'
import type { World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { isAncestor } from '../store/history.ts'
import { findRef, isValidRefName, listRefs, moveRefs, type Ref } from '../store/refs.ts'
import { type Call, created, noContent, ok, type Routes } from './route.ts'
import { api, nodeId } from './urls.ts'

export const refRoutes: Routes = {
  'git/get-ref': { accepts: 'contents=read', answer: async (call) => ok(refView(call.world, await refOf(call))) },
  'git/list-matching-refs': { accepts: 'contents=read', answer: matching },
  'git/create-ref': { accepts: 'contents=write', answer: create },
  'git/update-ref': { accepts: 'contents=write', answer: update },
  'git/delete-ref': { accepts: 'contents=write', answer: remove },
}

const full = (ref: string) => `refs/${ref}`

async function refOf({ world, path }: Call): Promise<Ref> {
  const ref = await findRef(world.git, full(path.ref as string))
  if (!ref) throw notFound()
  return ref
}

async function matching({ world, path }: Call) {
  const refs = await listRefs(world.git)
  return ok(refs.filter(({ name }) => name.startsWith(full(path.ref as string))).map((ref) => refView(world, ref)))
}

async function create({ world, token, body }: Call) {
  const name = body.ref as string
  const oid = body.sha as string
  if (!/^refs\/[^/]+\/./.test(name)) {
    throw new Problem(422, "Reference name must start with 'refs/' and contain at least two slashes.")
  }
  if (!(await isValidRefName(world.git, name))) throw new Problem(422, `${name} is not a valid ref name.`)
  const object = await pointedTo(world, oid)
  if (await findRef(world.git, name)) throw new Problem(422, 'Reference already exists')
  const change = { name, before: undefined, after: oid }
  if ((await moveRefs(world.git, [change])).failed) throw new Problem(422, 'Reference update failed')
  await refsMoved(world, token, [change])
  return created(refView(world, { name, oid, type: object.type }))
}

async function update(call: Call) {
  const { world, token, path, body } = call
  const name = full(path.ref as string)
  const before = await findRef(world.git, name)
  if (!before) throw new Problem(422, 'Reference does not exist')
  const after = body.sha as string
  const object = await pointedTo(world, after)
  if (body.force !== true && !(await isAncestor(world.git, before.oid, after))) {
    throw new Problem(422, 'Update is not a fast forward')
  }
  const change = { name, before: before.oid, after }
  if ((await moveRefs(world.git, [change])).failed) throw new Problem(422, 'Reference cannot be updated')
  if (after !== before.oid) await refsMoved(world, token, [change])
  return ok(refView(world, { name, oid: after, type: object.type }))
}

async function remove({ world, token, path }: Call) {
  const ref = await findRef(world.git, full(path.ref as string))
  if (!ref) throw new Problem(422, 'Reference does not exist')
  if (ref.name === `refs/heads/${world.defaultBranch}`) throw new Problem(422, 'Cannot delete this branch')
  const change = { name: ref.name, before: ref.oid, after: undefined }
  await moveRefs(world.git, [change])
  await refsMoved(world, token, [change])
  return noContent
}

async function pointedTo(world: World, oid: string) {
  const object = /^[0-9a-f]{40}$/.test(oid) ? await world.reader.read(oid) : undefined
  if (!object) throw new Problem(422, 'Object does not exist')
  return object
}

function refView(world: World, { name, oid, type }: Ref) {
  const url = api(world, `/git/${name}`)
  const object = { sha: oid, type, url: api(world, `/git/${type}s/${oid}`) }
  return { ref: name, node_id: nodeId('REF', name), url, object }
}
