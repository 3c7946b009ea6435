import { posix } from 'node:path'
import { refsMoved } from '../model/lifecycle.ts'
import { authorOf } from '../model/people.ts'
import { timestamp, type World } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { readCommit, readTree, type TreeEntry, writeBlob, writeCommit } from '../store/objects.ts'
import { moveRefs } from '../store/refs.ts'
import { writeTree } from '../store/tree.ts'
import { gitCommitView } from './commit-view.ts'
import { findCommit } from './find.ts'
import { type Call, ok, type Routes } from './route.ts'
import { api, html } from './urls.ts'

export const contentRoutes: Routes = {
  'repos/get-content': { accepts: 'contents=read', answer: get },
  'repos/create-or-update-file-contents': { accepts: 'contents=write', answer: put },
}

async function get({ world, path, query }: Call) {
  const commit = await findCommit(world, query.get('ref') ?? undefined)
  if (!commit) throw new Problem(404, `No commit found for the ref ${query.get('ref')}`)
  const at = (path.path as string).replace(/^\/|\/$/g, '')
  const object = await world.reader.read(`${commit.oid}:${at}`)
  if (object?.type === 'blob') return ok(fileView(world, commit.oid, at, object.oid, object.body))
  const tree = object && (await readTree(world.reader, object.oid))
  if (!tree) throw notFound()
  return ok(await Promise.all(tree.entries.map((entry) => entryView(world, commit.oid, at, entry))))
}

async function put({ world, token, path, body }: Call) {
  const branch = (body.branch as string | undefined) ?? world.defaultBranch
  const name = `refs/heads/${branch}`
  const tip = await readCommit(world.reader, name)
  if (!tip) throw new Problem(404, `Branch ${branch} not found`)
  const file = path.path as string
  const current = await world.reader.read(`${tip.oid}:${file}`)
  if (current && body.sha === undefined) throw new Problem(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
  if (current && body.sha !== current.oid) throw new Problem(409, `${file} does not match ${body.sha}`)
  const content = Buffer.from(body.content as string, 'base64')
  const oid = await writeBlob(world.git, content)
  const tree = await writeTree(world.git, tip.tree, [{ path: file, mode: '100644', oid }])
  const own = { ...authorOf(token.account), date: timestamp(world) }
  const after = await writeCommit(world.git, {
    tree,
    parents: [tip.oid],
    message: body.message as string,
    author: { ...own, ...(body.author as object | undefined) },
    committer: { ...own, ...(body.committer as object | undefined) },
    signed: !body.author && !body.committer,
  })
  const change = { name, before: tip.oid, after }
  if ((await moveRefs(world.git, [change])).failed) throw new Problem(409, `${branch} was modified`)
  await refsMoved(world, token, [change])
  const written = await readCommit(world.reader, after)
  const { content: _content, encoding: _encoding, ...view } = fileView(world, after, file, oid, content)
  return { status: current ? 200 : 201, body: { content: view, commit: written && gitCommitView(world, written) } }
}

function common(world: World, commit: string, path: string, sha: string, kind: 'blobs' | 'trees') {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  const url = api(world, `/contents/${encoded}?ref=${commit}`)
  const git = api(world, `/git/${kind}/${sha}`)
  const page = html(world, `/${kind === 'blobs' ? 'blob' : 'tree'}/${commit}/${encoded}`)
  return {
    name: posix.basename(path),
    path,
    sha,
    url,
    html_url: page,
    git_url: git,
    download_url: kind === 'blobs' ? html(world, `/raw/${commit}/${encoded}`) : null,
    _links: { self: url, git, html: page },
  }
}

function fileView(world: World, commit: string, path: string, sha: string, body: Buffer) {
  const content = body.toString('base64').replace(/(.{60})/g, '$1\n')
  return { ...common(world, commit, path, sha, 'blobs'), type: 'file', size: body.length, content, encoding: 'base64' }
}

async function entryView(world: World, commit: string, folder: string, { name, type, oid }: TreeEntry) {
  const path = folder ? `${folder}/${name}` : name
  if (type !== 'blob') return { ...common(world, commit, path, oid, 'trees'), type: 'dir', size: 0 }
  const size = (await world.reader.read(oid))?.body.length ?? 0
  return { ...common(world, commit, path, oid, 'blobs'), type: 'file', size }
}
