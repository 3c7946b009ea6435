import { fullName } from '../model/world.ts'
import { Problem } from '../problem.ts'
import { nodeId } from '../rest/urls.ts'
import { viewerNode } from './actor.ts'
import { commitMutations } from './commit-mutations.ts'
import type { Context } from './context.ts'
import { nodeById } from './find.ts'
import { mergeMutations } from './merge-mutations.ts'
import { noteMutations } from './note-mutations.ts'
import { pullMutations } from './pull-mutations.ts'
import { refMutations } from './ref-mutations.ts'
import { repositoryNode } from './repository.ts'

/** What stands at the top: the fields of Query and Mutation. */
export function rootValue(context: Context, rateLimit: () => unknown) {
  return {
    ...queries(context, rateLimit),
    ...withMutationId({
      ...refMutations(context),
      ...commitMutations(context),
      ...pullMutations(context),
      ...mergeMutations(context),
      ...noteMutations(context),
    }),
  }
}

function queries(context: Context, rateLimit: () => unknown) {
  return {
    id: nodeId('Q', 'query'),
    viewer: () => viewerNode(context),
    rateLimit,
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const wanted = `${owner}/${name}`
      if (wanted.toLowerCase() === fullName(context.world).toLowerCase()) return repositoryNode(context)
      throw new Problem(404, `Could not resolve to a Repository with the name '${wanted}'.`)
    },
    node: ({ id }: { id: string }) => nodeById(context, id),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => nodeById(context, id)),
  }
}

type Mutation = (args: never) => unknown

/** Every answer repeats the id that the caller gave. */
function withMutationId(mutations: Record<string, Mutation>): Record<string, Mutation> {
  const named = Object.entries(mutations).map(([name, mutation]) => {
    const wrapped = async (args: { input: { clientMutationId?: string | null } }) => ({
      ...((await mutation(args as never)) as object),
      clientMutationId: args.input.clientMutationId ?? null,
    })
    return [name, wrapped as Mutation]
  })
  return Object.fromEntries(named)
}
