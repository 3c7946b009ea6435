import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, GITHUB_ACTIONS, newToken, type Permissions, type Token } from './model/people.ts'
import { DEFAULT_SETTINGS } from './model/settings.ts'
import { accountOf, type World } from './model/world.ts'
import type { Options } from './start.ts'
import { openGit } from './store/git.ts'
import { openReader } from './store/reader.ts'
import { seedRepository } from './store/seed.ts'

/** The repository, in a folder of its own below `root`, and what is known of it at first. */
export async function createWorld(root: string, options: Options): Promise<World> {
  const [login = 'octo', name = 'store'] = (options.name ?? 'octo/store').split('/')
  const now = options.now ?? (() => new Date())
  const defaultBranch = options.defaultBranch ?? 'main'
  const directory = join(root, `${name}.git`)
  await mkdir(directory)
  await seedRepository(directory, { ...options, defaultBranch, now: now() })
  const owner: Account = { login, id: 1, type: 'Organization' }
  const world: World = {
    url: '',
    git: openGit(directory),
    reader: openReader(directory),
    owner,
    name,
    id: 1000,
    defaultBranch,
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    accounts: new Map([owner, GITHUB_ACTIONS].map((account) => [account.login.toLowerCase(), account])),
    collaborators: new Set(),
    teams: new Set(options.teams),
    tokens: new Map(),
    pulls: new Map(),
    labels: new Map(),
    milestones: [],
    statuses: [],
    checks: [],
    deployments: [],
    runs: [],
    createdAt: now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    now,
    nextId: counter(5000),
    nextNumber: counter(1),
  }
  for (const each of options.collaborators ?? []) addCollaborator(world, each)
  return world
}

function counter(start: number): () => number {
  let next = start
  return () => next++
}

/** Whoever may be asked for a review, be assigned, and comment on what is locked. */
export function addCollaborator(world: World, login: string): Account {
  world.collaborators.add(login.toLowerCase())
  return accountOf(world, login)
}

export function issueToken(world: World, kind: Token['kind'], account: Account, permissions: Permissions): Token {
  const token = newToken(kind, account, permissions)
  world.tokens.set(token.value, token)
  return token
}
