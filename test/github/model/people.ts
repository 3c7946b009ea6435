import { randomUUID } from 'node:crypto'

/** Who may act: a person, an app's bot, or the owner of the repository. */
export interface Account {
  login: string
  id: number
  type: 'Bot' | 'Organization' | 'User'
}

/** What a workflow grants its token, by the names of the API (`pull_requests`, not `pull-requests`). */
export type Permissions = Readonly<Partial<Record<Scope, 'read' | 'write'>>>
export type Scope =
  | 'actions'
  | 'administration'
  | 'checks'
  | 'contents'
  | 'deployments'
  | 'issues'
  | 'metadata'
  | 'pull_requests'
  | 'statuses'
  | 'workflows'

/** `actions` is GITHUB_TOKEN, `app` an installation token, `user` a person's with all permissions. */
export interface Token {
  value: string
  kind: 'actions' | 'app' | 'user'
  account: Account
  permissions: Permissions
}

/** As it stands in a workflow whose job asks for what promote and verify document. */
export const DEFAULT_PERMISSIONS: Permissions = {
  metadata: 'read',
  contents: 'write',
  pull_requests: 'write',
  issues: 'write',
  deployments: 'write',
  statuses: 'write',
  checks: 'write',
  actions: 'write',
}

export const GITHUB_ACTIONS: Account = { login: 'github-actions[bot]', id: 41898282, type: 'Bot' }
/** The committer of what is made in the web interface and by merges. */
export const WEB_FLOW = { name: 'GitHub', email: 'noreply@github.com' }

/** The token's value looks like one (so that a log which shows it is found) and opens nothing. */
export function newToken(kind: Token['kind'], account: Account, permissions: Permissions): Token {
  return { value: `stand-in-${kind}-${randomUUID().replaceAll('-', '')}`, kind, account, permissions }
}

export function authorOf(account: Account): { name: string; email: string } {
  return { name: account.login, email: `${account.id}+${account.login}@users.noreply.github.com` }
}

/** GraphQL leaves the `[bot]` of a login out, REST writes it. */
export const graphqlLogin = (account: Account): string => account.login.replace(/\[bot\]$/, '')

/** Does the token hold one of the alternatives? Each is a list of `scope=level`, as in X-Accepted-GitHub-Permissions. */
export function mayDo(token: Token, accepted: string): boolean {
  if (token.kind === 'user') return true
  return accepted.split('; ').some((alternative) => alternative.split(',').every((each) => holds(token, each)))
}

function holds({ permissions }: Token, wanted: string): boolean {
  const [scope, level] = wanted.split('=') as [Scope, 'read' | 'write']
  const held = scope === 'metadata' ? 'read' : permissions[scope]
  return held === 'write' || held === level
}
