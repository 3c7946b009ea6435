import type { Git } from '../store/git.ts'
import type { Reader } from '../store/reader.ts'
import type { Account, Token } from './people.ts'
import type { Event, Label, Milestone, Pull } from './pull.ts'
import type { CheckRun, Deployment, Run, Status } from './records.ts'
import type { Settings } from './settings.ts'

/** Everything the stand-in knows of its one repository: Git holds the commits and refs, this the rest. */
export interface World {
  /** Where the server listens, without a slash at the end. */
  url: string
  git: Git
  reader: Reader
  owner: Account
  name: string
  id: number
  defaultBranch: string
  settings: Settings
  accounts: Map<string, Account>
  collaborators: Set<string>
  /** Slugs of the owner's teams with access. */
  teams: Set<string>
  tokens: Map<string, Token>
  pulls: Map<number, Pull>
  labels: Map<string, Label>
  milestones: Milestone[]
  statuses: Status[]
  checks: CheckRun[]
  deployments: Deployment[]
  runs: Run[]
  createdAt: string
  now: () => Date
  /** Numbers and ids count up, so that a test reads the same twice. */
  nextId: () => number
  nextNumber: () => number
}

export const fullName = (world: World): string => `${world.owner.login}/${world.name}`

/** Whole seconds, as GitHub writes times. */
export const timestamp = (world: World): string =>
  world
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')

export function record(
  world: World,
  pull: Pull,
  actor: Account,
  event: string,
  details: Omit<Partial<Event>, 'actor' | 'at' | 'event' | 'id'> = {},
): void {
  const at = timestamp(world)
  pull.events.push({ id: world.nextId(), event, actor, at, ...details })
  pull.updatedAt = at
}

/** The account of a login; whoever is named for the first time is a person. */
export function accountOf(world: World, login: string): Account {
  const known = world.accounts.get(login.toLowerCase())
  if (known) return known
  const account: Account = { login, id: world.nextId(), type: 'User' }
  world.accounts.set(login.toLowerCase(), account)
  return account
}

/** Labels are found whatever their case. */
export function findLabel(world: World, name: string): Label | undefined {
  return world.labels.get(name.toLowerCase())
}

export function addLabel(world: World, name: string, color = 'ededed', description: string | null = null): Label {
  const label: Label = { id: world.nextId(), name, color, description }
  world.labels.set(name.toLowerCase(), label)
  return label
}
