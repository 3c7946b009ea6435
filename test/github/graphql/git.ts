import { nodeId } from '../rest/urls.ts'
import { type Commit, readCommit, readTree, type TreeEntry } from '../store/objects.ts'
import type { GitObject } from '../store/reader.ts'
import type { Ref } from '../store/refs.ts'
import { commitNode } from './commit.ts'
import type { Context } from './context.ts'
import { type PullArguments, pullConnection } from './pulls.ts'
import { repositoryNode } from './repository.ts'

/** The object that git finds under a name, or null. */
export async function objectNode(context: Context, name: string) {
  const object = await context.world.reader.read(name)
  return object ? nodeOf(context, object) : null
}

async function nodeOf(context: Context, object: GitObject) {
  switch (object.type) {
    case 'blob':
      return blobNode(context, object)
    case 'tree':
      return treeNode(context, object.oid)
    default:
      return commitNode(context, (await readCommit(context.world.reader, object.oid)) as Commit)
  }
}

/** What every Git object has. */
export const gitObject = (context: Context, kind: string, oid: string) => ({
  __typename: kind,
  id: nodeId(kind, oid),
  oid,
  abbreviatedOid: oid.slice(0, 7),
  repository: () => repositoryNode(context),
})

export function refNode(context: Context, { name, oid }: Ref) {
  const [, prefix = '', short = ''] = /^(refs\/[^/]+\/)(.*)$/.exec(name) ?? []
  const here = [...context.world.pulls.values()].filter((pull) => `refs/heads/${pull.head}` === name)
  return {
    __typename: 'Ref',
    id: nodeId('REF', name),
    name: short,
    prefix,
    repository: () => repositoryNode(context),
    target: () => objectNode(context, oid),
    associatedPullRequests: (args: PullArguments) => pullConnection(context, 'associatedPullRequests', here, args),
  }
}

/** Longer texts come cut, and say so. */
const TEXT_LIMIT = 512_000

function blobNode(context: Context, { oid, body }: GitObject) {
  const isBinary = body.includes(0)
  return {
    ...gitObject(context, 'Blob', oid),
    byteSize: body.length,
    isBinary,
    isTruncated: body.length > TEXT_LIMIT,
    text: isBinary ? null : body.toString('utf8', 0, TEXT_LIMIT),
  }
}

export function treeNode(context: Context, oid: string) {
  const entries = async () =>
    (await readTree(context.world.reader, oid))?.entries.map((each) => entryNode(context, each, ''))
  return { ...gitObject(context, 'Tree', oid), entries }
}

function entryNode(context: Context, { name, mode, type, oid }: TreeEntry, folder: string) {
  return {
    name,
    path: `${folder}${name}`,
    mode: Number.parseInt(mode, 8),
    type,
    oid,
    size: async () => (type === 'blob' ? (await context.world.reader.read(oid))?.body.length : 0),
    object: () => (type === 'commit' ? null : objectNode(context, oid)),
    repository: () => repositoryNode(context),
  }
}

/** What stands at a path of a commit, or null. */
export async function fileEntry(context: Context, commit: Commit, path: string) {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
  const tree = await readTree(context.world.reader, folder ? `${commit.oid}:${folder.slice(0, -1)}` : commit.tree)
  const entry = tree?.entries.find(({ name }) => name === path.slice(folder.length))
  return entry ? entryNode(context, entry, folder) : null
}
