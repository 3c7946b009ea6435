import { type Account, graphqlLogin } from '../model/people.ts'
import { nodeId } from '../rest/urls.ts'
import type { Context } from './context.ts'

/** A Bot, User or Organization. */
export function actorNode({ world }: Context, account: Account) {
  const login = graphqlLogin(account)
  return {
    __typename: account.type,
    id: nodeId('U', account.login),
    databaseId: account.id,
    login,
    name: null,
    email: '',
    avatarUrl: `${world.url}/avatars/${account.id}`,
    url: `${world.url}/${login}`,
  }
}

/** Whoever asks is a User, a bot too, and then with `[bot]`. */
export function viewerNode(context: Context) {
  const { account } = context.token
  return { ...actorNode(context, account), __typename: 'User', login: account.login }
}

export function teamNode({ world }: Context, slug: string) {
  const url = `${world.url}/orgs/${world.owner.login}/teams/${slug}`
  return { __typename: 'Team', id: nodeId('T', slug), name: slug, slug, url }
}
