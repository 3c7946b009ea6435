import { UsageError } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'
import { openRemote } from '../repository/remote.ts'
import type { Forge } from './forge.ts'
import { openGitForge } from './git/git.ts'
import { formatIdentity, readIdentity } from './git/identity.ts'
import { type GitHubForge, openGitHubForge } from './github/github.ts'
import { openLocalForge } from './local.ts'

/** A forge with what texts and commits say of it. */
export interface ChosenForge {
  forge: Forge
  /** The same, where it is GitHub. */
  github?: GitHubForge
  /** Names an application that the layout does not. */
  repository: string
  /** The repository's page: `https://github.com/acme/gitops`. */
  page?: string
  /** Who signs commits off: whoever makes them. */
  signature(): string | undefined
}

export interface ForgeWish {
  /** `undefined`: none, a plan at `HEAD`. */
  forge: 'github' | 'git' | undefined
  remote: string
  base: string | undefined
}

export interface ForgePorts {
  environment: Readonly<Record<string, string | undefined>>
  now(): number
  sleep(milliseconds: number): Promise<void>
  note(message: string): void
}

/** @throws UsageError where what a forge needs is not set. */
export function chooseForge(wish: ForgeWish, git: Git, ports: ForgePorts): Promise<ChosenForge> {
  switch (wish.forge) {
    case 'github':
      return chooseGitHub(wish, git, ports)
    case 'git':
      return chooseGit(wish, git, ports)
    case undefined:
      return chooseNone(wish, git, ports)
  }
}

async function chooseGitHub(
  { base }: ForgeWish,
  git: Git,
  { environment, now, sleep, note }: ForgePorts,
): Promise<ChosenForge> {
  const token = needed(environment, 'GITHUB_TOKEN', 'a token with contents: write and pull-requests: write')
  const repository = needed(environment, 'GITHUB_REPOSITORY', 'the repository as OWNER/NAME')
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new UsageError(`GITHUB_REPOSITORY must be OWNER/NAME, not ${JSON.stringify(repository)}.`)
  }
  const serverUrl = addressIn(environment, 'GITHUB_SERVER_URL', 'https://github.com')
  const apiUrl = addressIn(environment, 'GITHUB_API_URL', 'https://api.github.com')
  const graphqlUrl = addressIn(environment, 'GITHUB_GRAPHQL_URL', `${apiUrl.replace(/\/v3$/, '')}/graphql`)
  const remote = await openRemote(git, {
    remote: `${serverUrl}/${repository}.git`,
    token: { url: serverUrl, token },
    environment,
  })
  const address = { apiUrl, graphqlUrl, serverUrl, repository }
  const { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email } = environment
  const github = openGitHubForge({ address, token, git, remote, ...(base !== undefined && { base }), now, sleep, note })
  return {
    ...{ forge: github, github },
    repository: repository.slice(repository.indexOf('/') + 1),
    page: `${serverUrl}/${repository}`,
    signature: () => (name && email ? formatIdentity({ name, email }) : github.account()?.signature),
  }
}

async function chooseGit(wish: ForgeWish, git: Git, { environment, now, note }: ForgePorts): Promise<ChosenForge> {
  const remote = await openRemote(git, { remote: wish.remote, environment })
  const identity = await readIdentity(git)
  const gitlab = environment.GITLAB_CI === 'true'
  const { base } = wish
  return {
    forge: openGitForge({
      git,
      remote,
      identity,
      now,
      note,
      ...(base !== undefined && { base }),
      ...(gitlab && { gitlab }),
    }),
    repository: lastPart(remote.address.shown),
    signature: () => formatIdentity(identity),
  }
}

async function chooseNone({ base }: ForgeWish, git: Git, { environment }: ForgePorts): Promise<ChosenForge> {
  const origin = (await git.try(['config', '--get', 'remote.origin.url'])).stdout.toString('utf8').trim()
  const identity = await readIdentity(git)
  return {
    forge: openLocalForge(git, base, async () => {
      if (origin !== '') await (await openRemote(git, { remote: 'origin', environment })).fetch([])
    }),
    repository: lastPart(origin === '' ? git.root : origin),
    signature: () => formatIdentity(identity),
  }
}

function lastPart(address: string): string {
  return address.replace(/(?:\.git)?\/*$/, '').replace(/^.*[/:\\]/, '') || 'repository'
}

function needed(environment: ForgePorts['environment'], name: string, what: string): string {
  const value = environment[name]?.trim()
  if (value) return value
  throw new UsageError(`--forge github needs ${name}: ${what}. Set it, or leave --forge out for a dry run.`)
}

function addressIn(environment: ForgePorts['environment'], name: string, otherwise: string): string {
  const value = (environment[name]?.trim() || otherwise).replace(/\/+$/, '')
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value
  throw new UsageError(`${name} must be an http or https address, not ${JSON.stringify(value)}.`)
}
