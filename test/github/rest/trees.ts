import type { World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { readTree, type TreeEntry, writeBlob } from '../store/objects.ts'
import { type TreeChange, writeTree } from '../store/tree.ts'
import { type Call, created, ok, type Routes } from './route.ts'
import { api } from './urls.ts'

export const treeRoutes: Routes = {
  'git/get-tree': { accepts: 'contents=read', answer: get },
  'git/create-tree': { accepts: 'contents=write', answer: create },
}

async function get({ world, path, query }: Call) {
  const recursive = query.has('recursive')
  const tree = await readTree(world.reader, path.tree_sha as string)
  if (!tree) throw notFound()
  return ok(await treeView(world, tree.oid, recursive ? await below(world, tree.entries, '') : tree.entries))
}

async function below(world: World, entries: readonly TreeEntry[], prefix: string): Promise<TreeEntry[]> {
  const all: TreeEntry[] = []
  for (const entry of entries) {
    const name = `${prefix}${entry.name}`
    all.push({ ...entry, name })
    const tree = entry.type === 'tree' ? await readTree(world.reader, entry.oid) : undefined
    if (tree) all.push(...(await below(world, tree.entries, `${name}/`)))
  }
  return all
}

interface NewEntry {
  path?: string
  mode?: string
  type?: string
  sha?: string | null
  content?: string
}

async function create({ world, body }: Call) {
  const base = body.base_tree as string | undefined
  const baseTree = base === undefined ? undefined : await readTree(world.reader, base)
  if (base !== undefined && !baseTree) throw new Problem(404, 'Not Found')
  const entries = body.tree as NewEntry[]
  if (entries.length === 0) throw new Problem(422, 'Invalid tree info')
  const changes = await Promise.all(entries.map((entry) => changeOf(world, entry)))
  const oid = await writeTree(world.git, baseTree?.oid, changes)
  const tree = await readTree(world.reader, oid)
  return created(await treeView(world, oid, tree?.entries ?? []))
}

async function changeOf(world: World, { path, mode, sha, content }: NewEntry): Promise<TreeChange> {
  const malformed = !path || /^\/|\/$|(^|\/)(\.{0,2}|\.git)(\/|$)/i.test(path)
  if (malformed) throw new Problem(422, 'tree.path contains a malformed path component')
  if (sha !== null && !mode) throw new Problem(422, 'Must supply a valid tree.mode')
  if (sha !== undefined && content !== undefined)
    throw new Problem(422, 'Must supply either tree.sha or tree.content, not both.')
  if (content !== undefined) return { path, mode: mode as string, oid: await writeBlob(world.git, content) }
  if (sha && !(await world.reader.read(sha)) && mode !== '160000')
    throw new Problem(422, `tree.sha ${sha} is not a valid object`)
  return { path, mode: mode ?? '100644', oid: sha ?? null }
}

async function treeView(world: World, sha: string, entries: readonly TreeEntry[]) {
  const tree = await Promise.all(
    entries.map(async ({ name, mode, type, oid }) => ({
      path: name,
      mode,
      type,
      sha: oid,
      ...(type === 'blob' && { size: (await world.reader.read(oid))?.body.length ?? 0 }),
      ...(type !== 'commit' && { url: api(world, `/git/${type}s/${oid}`) }),
    })),
  )
  return { sha, url: api(world, `/git/trees/${sha}`), tree, truncated: false }
}
