import type { World } from '../model/world.ts'
import { accountByEmail } from '../rest/commit-view.ts'
import { html } from '../rest/urls.ts'
import { history, isAncestor } from '../store/history.ts'
import type { Commit, Identity } from '../store/objects.ts'
import { actorNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import type { Context } from './context.ts'
import { type DeploymentArguments, deploymentConnection } from './deployment.ts'
import { fileEntry, gitObject, objectNode, treeNode } from './git.ts'
import { type PullArguments, pullConnection } from './pulls.ts'
import { rollupNode, statusNode } from './status.ts'

interface HistoryArguments extends PageArguments {
  path?: string | null
  since?: string | null
  until?: string | null
}

export function commitNode(context: Context, commit: Commit) {
  const { world } = context
  const [headline = '', ...rest] = commit.message.split('\n')
  return {
    ...gitObject(context, 'Commit', commit.oid),
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
