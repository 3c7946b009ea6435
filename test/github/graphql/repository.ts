import { mayDo } from '../model/people.ts'
import { findLabel, fullName } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { html, nodeId } from '../rest/urls.ts'
import { findRef, listRefs } from '../store/refs.ts'
import { actorNode } from './actor.ts'
import { connection, type PageArguments } from './connection.ts'
import { type Context, need } from './context.ts'
import { type DeploymentArguments, deploymentConnection } from './deployment.ts'
import { objectNode, refNode } from './git.ts'
import { queueNode } from './merge-queue.ts'
import { labelNode, milestoneNode } from './notes.ts'
import { pullNode } from './pull.ts'
import { type PullArguments, pullConnection } from './pulls.ts'

export function repositoryNode(context: Context) {
  const { world, token } = context
  const { settings } = world
  return {
    __typename: 'Repository',
    id: nodeId('R', world.id),
    databaseId: world.id,
    name: world.name,
    nameWithOwner: fullName(world),
    owner: actorNode(context, world.owner),
    url: html(world, ''),
    isArchived: settings.archived,
    isPrivate: settings.private,
    isFork: false,
    isEmpty: async () => (await listRefs(world.git, 'refs/heads/')).length === 0,
    viewerPermission: mayDo(token, 'contents=write') ? 'WRITE' : 'READ',
    autoMergeAllowed: settings.allowAutoMerge,
    mergeCommitAllowed: settings.allowMergeCommit,
    rebaseMergeAllowed: settings.allowRebaseMerge,
    squashMergeAllowed: settings.allowSquashMerge,
    deleteBranchOnMerge: settings.deleteBranchOnMerge,
    viewerDefaultMergeMethod: settings.allowMergeCommit ? 'MERGE' : settings.allowSquashMerge ? 'SQUASH' : 'REBASE',
    ...gitFields(context),
    ...pullFields(context),
  }
}

interface RefsArguments extends PageArguments {
  refPrefix: string
  query?: string | null
  direction?: 'ASC' | 'DESC' | null
  orderBy?: { field: string; direction: 'ASC' | 'DESC' } | null
}

function gitFields(context: Context) {
  const { world } = context
  const ref = async (name: string) => {
    need(context, 'contents=read')
    const found = await findRef(world.git, name)
    return found ? refNode(context, found) : null
  }
  return {
    defaultBranchRef: () => ref(`refs/heads/${world.defaultBranch}`),
    ref: (args: { qualifiedName: string }) => ref(qualified(args.qualifiedName)),
    refs: async (args: RefsArguments) => {
      need(context, 'contents=read')
      const down = (args.orderBy?.direction ?? args.direction) === 'DESC'
      const found = (await listRefs(world.git))
        .filter(({ name }) => name.startsWith(args.refPrefix))
        .filter(({ name }) => !args.query || name.slice(args.refPrefix.length).includes(args.query))
      return connection('refs', args, down ? found.reverse() : found, (each) => refNode(context, each))
    },
    object: (args: { expression?: string | null; oid?: string | null }) => {
      need(context, 'contents=read')
      const name = args.oid ?? args.expression
      if (!name) throw new Problem(422, 'An object needs an oid or an expression')
      return objectNode(context, name)
    },
    deployments: (args: DeploymentArguments) => deploymentConnection(context, args),
  }
}

/** A short name is a branch. */
const qualified = (name: string) => (name.startsWith('refs/') ? name : `refs/heads/${name}`)

function pullFields(context: Context) {
  const { world } = context
  return {
    pullRequests: (args: PullArguments) => pullConnection(context, 'pullRequests', [...world.pulls.values()], args),
    pullRequest: ({ number }: { number: number }) => {
      need(context, 'pull_requests=read')
      const pull = world.pulls.get(number)
      if (!pull) throw new Problem(404, `Could not resolve to a PullRequest with the number of ${number}.`)
      return pullNode(context, pull)
    },
    label: ({ name }: { name: string }) => {
      const label = findLabel(world, name)
      return label ? labelNode(context, label) : null
    },
    labels: ({ query, ...args }: PageArguments & { query?: string | null }) => {
      const found = [...world.labels.values()].filter(({ name }) => !query || name.includes(query))
      return connection('labels', args, found, (each) => labelNode(context, each))
    },
    milestone: ({ number }: { number: number }) => {
      const found = world.milestones.find((each) => each.number === number)
      return found ? milestoneNode(context, found) : null
    },
    milestones: ({ states, query, ...args }: PageArguments & { states?: string[] | null; query?: string | null }) => {
      const found = world.milestones
        .filter(({ state }) => !states || states.includes(state.toUpperCase()))
        .filter(({ title }) => !query || title.includes(query))
      return connection('milestones', args, found, (each) => milestoneNode(context, each))
    },
    mergeQueue: ({ branch }: { branch?: string | null }) =>
      world.settings.mergeQueue && (branch ?? world.defaultBranch) === world.defaultBranch ? queueNode(context) : null,
  }
}
