import { authorOf } from '../model/people.ts'
import { timestamp } from '../model/world.ts'
import { notFound, Problem } from '../problem.ts'
import { readCommit, writeBlob, writeCommit } from '../store/objects.ts'
import { gitCommitView } from './commit-view.ts'
import { type Call, created, ok, type Routes } from './route.ts'
import { api, nodeId } from './urls.ts'

/** Git's commits and blobs as such. */
export const objectRoutes: Routes = {
  'git/get-commit': { accepts: 'contents=read', answer: getCommit },
  'git/create-commit': { accepts: 'contents=write', answer: createCommit },
  'git/get-blob': { accepts: 'contents=read', answer: getBlob },
  'git/create-blob': { accepts: 'contents=write', answer: createBlob },
}

async function getCommit({ world, path }: Call) {
  const commit = await readCommit(world.reader, path.commit_sha as string)
  if (!commit || commit.oid !== path.commit_sha) throw notFound()
  return ok(gitCommitView(world, commit))
}

interface NewCommitBody {
  message: string
  tree: string
  parents?: string[]
  author?: { name: string; email: string; date?: string }
  committer?: { name?: string; email?: string; date?: string }
  signature?: string
}

async function createCommit({ world, token, body }: Call) {
  const { message, tree, parents = [], author, committer } = body as unknown as NewCommitBody
  if ((await world.reader.read(tree))?.type !== 'tree') throw new Problem(422, 'Tree SHA does not exist')
  for (const parent of parents) {
    if ((await world.reader.read(parent))?.type !== 'commit')
      throw new Problem(422, 'Parent SHA does not exist or is not a commit object')
  }
  const own = { ...authorOf(token.account), date: timestamp(world) }
  const oid = await writeCommit(world.git, {
    tree,
    parents,
    message,
    author: { ...own, ...author },
    committer: { ...own, ...author, ...committer },
    // GitHub signs for apps and GITHUB_TOKEN, as long as they name nobody else.
    signed: token.kind !== 'user' && !author && !committer,
  })
  const commit = await readCommit(world.reader, oid)
  if (!commit) throw new Error(`git lost the commit ${oid}`)
  return created(gitCommitView(world, commit))
}

async function getBlob({ world, path }: Call) {
  const sha = path.file_sha as string
  const object = await world.reader.read(sha)
  if (object?.type !== 'blob') throw notFound()
  const content = object.body.toString('base64').replace(/(.{60})/g, '$1\n')
  const url = api(world, `/git/blobs/${sha}`)
  return ok({ sha, node_id: nodeId('B', sha), url, size: object.body.length, content, encoding: 'base64' })
}

async function createBlob({ world, body }: Call) {
  const encoding = body.encoding === 'base64' ? 'base64' : 'utf8'
  const sha = await writeBlob(world.git, Buffer.from(body.content as string, encoding))
  return created({ sha, url: api(world, `/git/blobs/${sha}`) })
}
