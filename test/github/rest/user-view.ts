import type { Account } from '../model/people.ts'
import type { World } from '../model/world.ts'
import { nodeId } from './urls.ts'

/** `simple-user`. */
export function userView(world: World, account: Account) {
  const url = `${world.url}/api/v3/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('U', account.login),
    avatar_url: `${world.url}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${world.url}/${encodeURIComponent(account.login)}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  }
}

/** `public-user`. */
export function publicUserView(world: World, account: Account) {
  return {
    ...userView(world, account),
    name: null,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: world.createdAt,
    updated_at: world.createdAt,
  }
}

/** `team`, by its slug. */
export function teamView(world: World, slug: string) {
  const url = `${world.url}/api/v3/organizations/${world.owner.id}/team/${slug}`
  return {
    id: world.id + slug.length,
    node_id: nodeId('T', slug),
    url,
    html_url: `${world.url}/orgs/${world.owner.login}/teams/${slug}`,
    name: slug,
    slug,
    description: null,
    permission: 'push',
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    type: 'organization',
  }
}
