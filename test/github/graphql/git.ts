import type { World } from '../model/world.ts'
import { accountByEmail } from '../rest/commit-view.ts'
import { html, nodeId } from '../rest/urls.ts'
import { history, isAncestor } from '../store/history.ts'
import { type Commit, type Identity, readCommit, readTree, type TreeEntry } from '../store/objects.ts'
import type { GitObject } from '../store/reader.ts'
import type { Ref } from '../store/refs.ts'
import { actorNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import type { Context } from './context.ts'
import { type DeploymentArguments, deploymentConnection } from './deployment.ts'
import { type PullArguments, pullConnection } from './pulls.ts'
import { repositoryNode } from './repository.ts'
import { rollupNode, statusNode } from './status.ts'

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

const common = (context: Context, kind: string, oid: string) => ({
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
    ...common(context, 'Blob', oid),
    byteSize: body.length,
    isBinary,
    isTruncated: body.length > TEXT_LIMIT,
    text: isBinary ? null : body.toString('utf8', 0, TEXT_LIMIT),
  }
}

function treeNode(context: Context, oid: string) {
  const entries = async () =>
    (await readTree(context.world.reader, oid))?.entries.map((each) => entryNode(context, each, ''))
  return { ...common(context, 'Tree', oid), entries }
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

interface HistoryArguments extends PageArguments {
  path?: string | null
  since?: string | null
  until?: string | null
}

export function commitNode(context: Context, commit: Commit) {
  const { world } = context
  const [headline = '', ...rest] = commit.message.split('\n')
  return {
    ...common(context, 'Commit', commit.oid),
    url: html(world, `/commit/${commit.oid}`),
    message: commit.message,
    messageHeadline: headline,
    messageBody: rest.join('\n').trim(),
    author: gitActor(context, commit.author),
    committer: gitActor(context, commit.committer),
    authoredDate: commit.author.date,
    committedDate: commit.committer.date,
    signature: signatureNode(commit),
    tree: () => treeNode(context, commit.tree),
    parents: (args: PageArguments) => commitConnection(context, 'parents', commit.parents, args),
    history: (args: HistoryArguments) => historyConnection(context, commit.oid, args),
    file: (args: { path: string }) => fileEntry(context, commit, args.path),
    status: () => statusNode(context, commit.oid),
    statusCheckRollup: () => rollupNode(context, commit.oid),
    deployments: (args: DeploymentArguments) => deploymentConnection(context, args, commit.oid),
    associatedPullRequests: async (args: PullArguments) =>
      pullConnection(context, 'associatedPullRequests', await pullsWith(world, commit.oid), args),
  }
}

async function historyConnection(context: Context, oid: string, { path, since, until, ...page }: HistoryArguments) {
  const more = [...(since ? [`--since=${since}`] : []), ...(until ? [`--until=${until}`] : [])]
  const oids = await history(context.world.git, oid, { path: path ?? undefined, more })
  return commitConnection(context, 'history', oids, page)
}

/** The nodes are promises: only the commits of the page are read. */
function commitConnection(context: Context, name: string, oids: readonly string[], args: PageArguments) {
  return connection(name, args, oids, (oid) => objectNode(context, oid))
}

async function fileEntry(context: Context, commit: Commit, path: string) {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''
  const tree = await readTree(context.world.reader, folder ? `${commit.oid}:${folder.slice(0, -1)}` : commit.tree)
  const entry = tree?.entries.find(({ name }) => name === path.slice(folder.length))
  return entry ? entryNode(context, entry, folder) : null
}

async function pullsWith(world: World, oid: string) {
  const found = []
  for (const pull of world.pulls.values()) {
    const brought = pull.merged?.oid === oid || (await isAncestor(world.git, oid, pull.headOid))
    if (brought && !(pull.state === 'open' && (await isAncestor(world.git, oid, pull.baseOid)))) found.push(pull)
  }
  return found
}

function gitActor(context: Context, { name, email, date }: Identity) {
  const account = accountByEmail(context.world, email)
  return { name, email, date, user: account?.type === 'User' ? actorNode(context, account) : null }
}

function signatureNode({ signature, committer }: Commit) {
  if (!signature) return null
  return {
    __typename: 'GpgSignature',
    isValid: true,
    state: 'VALID',
    wasSignedByGitHub: true,
    verifiedAt: committer.date,
  }
}
