import { isProtected } from '../model/settings.ts'
import type { World } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { readCommit } from '../store/objects.ts'
import { listRefs } from '../store/refs.ts'
import { commitView } from './commit-view.ts'
import { page } from './page.ts'
import { type Call, ok, type Routes } from './route.ts'
import { api, html } from './urls.ts'

export const branchRoutes: Routes = {
  'repos/list-branches': { accepts: 'contents=read', answer: list },
  'repos/get-branch': { accepts: 'contents=read', answer: get },
}

async function list(call: Call) {
  const { world, query } = call
  const refs = await listRefs(world.git, 'refs/heads/')
  const branches = refs.map(({ name, oid }) => ({
    name: name.slice('refs/heads/'.length),
    commit: { sha: oid, url: api(world, `/commits/${oid}`) },
    protected: protectionOf(world, name.slice('refs/heads/'.length)).enabled,
  }))
  const wanted = query.get('protected')
  return page(call, wanted === null ? branches : branches.filter((branch) => String(branch.protected) === wanted))
}

async function get({ world, path }: Call) {
  const name = path.branch as string
  const commit = await readCommit(world.reader, `refs/heads/${name}`)
  if (!commit) throw new Problem(404, 'Branch not found')
  const protection = protectionOf(world, name)
  const url = api(world, `/branches/${name}`)
  return ok({
    name,
    commit: commitView(world, commit),
    protected: protection.enabled,
    protection,
    protection_url: `${url}/protection`,
    _links: { self: url, html: html(world, `/tree/${name}`) },
  })
}

function protectionOf(world: World, branch: string) {
  const enabled = branch === world.defaultBranch && isProtected(world.settings)
  const contexts = enabled ? [...world.settings.requiredChecks] : []
  const checks = contexts.map((context) => ({ context, app_id: null }))
  return { enabled, required_status_checks: { enforcement_level: enabled ? 'non_admins' : 'off', contexts, checks } }
}
