import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addCollaborator, createWorld, issueToken } from './create-world.ts'
import { DEFAULT_PERMISSIONS, GITHUB_ACTIONS, type Permissions, type Token } from './model/people.ts'
import type { Pull } from './model/pull.ts'
import type { Run } from './model/records.ts'
import type { Settings } from './model/settings.ts'
import { accountOf, fullName, type World } from './model/world.ts'
import { type Person, personOf } from './person.ts'
import { type Fault, type Gate, type Matcher, newGate } from './server/faults.ts'
import { newSchedule, type Schedule } from './server/schedule.ts'
import { type CallRecord, Server } from './server/server.ts'
import type { Seed } from './store/seed.ts'

export interface Options extends Partial<Pick<Seed, 'defaultBranch' | 'files' | 'repository'>> {
  /** `owner/name`. */
  name?: string
  /** What GITHUB_TOKEN may do; all that promote and verify ask for unless given. */
  permissions?: Permissions
  settings?: Partial<Settings>
  /** Logins that may be asked for reviews and assigned; all who `as` names are too. */
  collaborators?: readonly string[]
  /** Slugs of teams with access. */
  teams?: readonly string[]
  now?: () => Date
}

/** A GitHub with one repository on 127.0.0.1; close it, or the test does not learn what was wrong. */
export interface GitHub {
  readonly url: string
  /** The bare repository, for git commands of the test. */
  readonly directory: string
  readonly token: string
  /** A test may change what an administrator could. */
  readonly settings: Settings
  readonly calls: readonly CallRecord[]
  /** Workflow runs that GitHub would have started. */
  readonly runs: readonly Run[]
  /** What was not as GitHub describes it. A test that expects some takes them with `takeViolations`. */
  readonly violations: readonly string[]
  takeViolations(): string[]
  /** The standard variables of a workflow. */
  env(): Record<string, string>
  /** A further token: another job's GITHUB_TOKEN, an app's, or a person's. */
  issueToken(options?: { kind?: Token['kind']; login?: string; permissions?: Permissions }): string
  as(login: string): Person
  pulls(): readonly Pull[]
  /** How often each operation was called, by name. */
  counts(): Record<string, number>
  /** From now on calls that match meet the fault. */
  arm(on: Matcher, fault: Fault): void
  /** Takes all faults away that no call has met yet. */
  disarm(): void
  /** Holds a call, before or after its effect, until the test lets it go. */
  hold(on: Matcher, when?: 'after' | 'before'): Gate
  /** Lets calls in by the order of these tokens; `ends` as in `newSchedule`. */
  schedule(order: readonly string[], ends?: (operation: string) => boolean): Schedule
  /** Stops, removes everything, and throws if any exchange was not as GitHub describes it. */
  close(): Promise<void>
}

export async function startGitHub(options: Options = {}): Promise<GitHub> {
  const root = await mkdtemp(join(tmpdir(), 'github-'))
  const world = await createWorld(root, options)
  const server = new Server(world)
  await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve))
  world.url = `http://127.0.0.1:${(server.http.address() as AddressInfo).port}`
  const token = issueToken(world, 'actions', GITHUB_ACTIONS, options.permissions ?? DEFAULT_PERMISSIONS)
  return { ...inspection(world, server, token), ...control(world, server), close: () => close(world, server, root) }
}

function inspection(world: World, server: Server, token: Token) {
  return {
    url: world.url,
    directory: world.git.directory,
    token: token.value,
    settings: world.settings,
    calls: server.calls,
    runs: world.runs,
    violations: server.violations,
    takeViolations: () => server.violations.splice(0),
    pulls: () => [...world.pulls.values()],
    env: () => ({
      GITHUB_API_URL: `${world.url}/api/v3`,
      GITHUB_GRAPHQL_URL: `${world.url}/api/graphql`,
      GITHUB_SERVER_URL: world.url,
      GITHUB_REPOSITORY: fullName(world),
      GITHUB_TOKEN: token.value,
    }),
    counts: () => {
      const counts: Record<string, number> = {}
      for (const { operation } of server.calls) counts[operation] = (counts[operation] ?? 0) + 1
      return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)))
    },
  }
}

function control(world: World, server: Server) {
  return {
    issueToken: ({
      kind = 'actions',
      login,
      permissions = DEFAULT_PERMISSIONS,
    }: Parameters<GitHub['issueToken']>[0] = {}) => {
      const account = login ? accountOf(world, login) : GITHUB_ACTIONS
      if (kind === 'app') account.type = 'Bot'
      return issueToken(world, kind, account, permissions).value
    },
    as: (login: string) => personOf(server, issueToken(world, 'user', addCollaborator(world, login), {})),
    arm: (on: Matcher, fault: Fault) => {
      server.armed.push({ on, fault, seen: 0 })
    },
    disarm: () => {
      server.armed.length = 0
    },
    hold: (on: Matcher, when: 'after' | 'before' = 'before') => {
      const gate = newGate()
      server.armed.push({ on, fault: { kind: 'hold', when, gate }, seen: 0 })
      return gate
    },
    schedule: (order: readonly string[], ends?: (operation: string) => boolean) => {
      server.schedule = newSchedule(order, ends)
      return server.schedule
    },
  }
}

async function close(world: World, server: Server, root: string): Promise<void> {
  server.http.closeAllConnections()
  await new Promise((resolve) => server.http.close(resolve))
  await server.exclusively(async () => world.reader.close())
  await rm(root, { recursive: true, force: true, maxRetries: 3 })
  if (server.violations.length === 0) return
  throw new Error(`These exchanges are not as GitHub describes them:\n${server.violations.join('\n')}`)
}
