import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Refusal } from '../report/failure.ts'
import { type Git, openGit } from './git.ts'
import type { Run } from './process.ts'
import { findRemote, type RemoteAddress } from './remote-address.ts'
import { type RemoteToken, remoteEnvironment } from './remote-environment.ts'
import { mainWords, unread } from './remote-failure.ts'
import { runInGroup } from './remote-process.ts'
import { type PushOutcome, pushRefs, type RefUpdate } from './remote-push.ts'

/**
 * Another repository, reached from a clone. Nothing of the user's clone changes but what is in its object store: no ref,
 * no `FETCH_HEAD`, no index.
 */
export interface Remote {
  /** Without credentials, for messages. */
  readonly address: Pick<RemoteAddress, 'shown' | 'transport' | 'host'>
  /** Refs and their ids. A pattern is the full name of a ref, or ends with `/*` and stands for all below. */
  list(patterns: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** The branch that a clone checks out, without `refs/heads/`, and its tip. */
  defaultBranch(): Promise<{ branch: string; commit: string }>
  /**
   * Brings commits with their whole history, as far as they are not here yet; a shallow clone is completed.
   *
   * @throws CommitsGone where the remote has some of them no more.
   * @throws Refusal naming `fetch-depth: 0` where a shallow clone cannot be completed.
   */
  fetch(commits: readonly string[]): Promise<void>
  /** Moves refs that still are where they were read; what came of each. */
  push(updates: readonly RefUpdate[], options?: readonly string[]): Promise<ReadonlyMap<string, PushOutcome>>
}

export { CommitsGone } from './remote-failure.ts'
export type { PushOutcome, RefUpdate } from './remote-push.ts'

export interface RemoteOptions {
  /** A remote of the clone by name, or a URL. */
  remote: string
  token?: RemoteToken
  environment: Readonly<Record<string, string | undefined>>
  /** What runs Git for one exchange; without it, ten minutes are given to each. */
  run?: Run
}

const DEADLINE = 10 * 60_000

/**
 * @param git the clone.
 * @throws UsageError where there is no such remote, or Git must not be given it.
 */
export async function openRemote(git: Git, { remote, token, environment, run }: RemoteOptions): Promise<Remote> {
  const address = await findRemote(git, remote, 'fetch')
  const ownSsh = (await git.try(['config', '--get', 'core.sshCommand'])).code === 0
  const over = (target: RemoteAddress) =>
    openGit(
      git.root,
      run ?? runInGroup(DEADLINE),
      environment,
      remoteEnvironment(environment, target, { token, ownSsh }),
    )
  const network = over(address)
  const { shown, transport, host } = address
  return {
    address: { shown, transport, ...(host !== undefined && { host }) },
    list: (patterns) => listRefs(network, address, patterns),
    defaultBranch: () => readDefaultBranch(network, address),
    fetch: (commits) => fetchCommits(git, network, address, commits),
    async push(updates, options = []) {
      const target = await findRemote(git, remote, 'push')
      return pushRefs(over(target), target, updates, options)
    },
  }
}

async function listRefs(
  network: Git,
  { url, shown }: RemoteAddress,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const branches = patterns.every((pattern) => pattern.startsWith('refs/heads/'))
  // Said with `--heads`, the server leaves its tags and pull requests out.
  const flags = ['--refs', '--quiet', ...(branches ? ['--heads'] : [])]
  const listed = await network.try(['ls-remote', ...flags, '--end-of-options', url, ...patterns])
  if (listed.code !== 0) throw unread(listed, 'reading its branches', shown)
  const refs = new Map<string, string>()
  for (const { name, id } of parseRefs(listed.stdout)) {
    // To Git a pattern is the end of a name, too.
    if (patterns.some((pattern) => matches(name, pattern))) refs.set(name, id)
  }
  return refs
}

function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

async function readDefaultBranch(network: Git, { url, shown }: RemoteAddress) {
  const listed = await network.try(['ls-remote', '--symref', '--quiet', '--end-of-options', url, 'HEAD'])
  if (listed.code !== 0) throw unread(listed, 'reading its default branch', shown)
  const heads = parseRefs(listed.stdout).filter(({ name }) => name === 'HEAD')
  const branch = heads.map(({ id }) => /^ref: refs\/heads\/(.+)$/.exec(id)?.[1]).find((found) => found !== undefined)
  const commit = heads.map(({ id }) => id).find((id) => /^[0-9a-f]+$/.test(id))
  if (branch !== undefined && commit !== undefined) return { branch, commit }
  throw new Refusal(`${shown} has no default branch, or it has no commit; push one, or name the branch with --base.`)
}

/** `ID TAB NAME`, or `ref: NAME TAB NAME`. */
function parseRefs(output: Buffer): { name: string; id: string }[] {
  const lines = output.toString('utf8').split('\n').filter(Boolean)
  return lines.map((line) => ({ id: line.slice(0, line.indexOf('\t')), name: line.slice(line.indexOf('\t') + 1) }))
}

const FETCH = [
  ...['fetch', '--quiet', '--no-write-fetch-head', '--no-tags', '--no-auto-maintenance', '--no-write-commit-graph'],
  ...['--no-prune', '--no-recurse-submodules', '--stdin'],
]

async function fetchCommits(
  local: Git,
  network: Git,
  { url, shown }: RemoteAddress,
  commits: readonly string[],
): Promise<void> {
  const shallow = await shallowCommits(local)
  if (shallow.length === 0 && (await areHere(local, commits))) return
  const input = [...new Set([...commits, ...shallow])].map((commit) => `${commit}\n`).join('')
  const depth = shallow.length > 0 ? ['--unshallow'] : []
  const fetched = await network.try([...FETCH, ...depth, '--end-of-options', url], { input })
  if (fetched.code === 0) return
  if (shallow.length === 0) throw unread(fetched, 'fetching commits', shown)
  throw new Refusal(
    `This clone is shallow and could not be completed (${mainWords(fetched.stderr)}); check out with fetch-depth: 0.`,
  )
}

/** The commits at which a shallow clone ends. They are asked for, too, or it would stay shallow elsewhere. */
async function shallowCommits(git: Git): Promise<string[]> {
  const path = await git(['rev-parse', '--git-path', 'shallow'])
  const file = resolve(git.root, path.toString('utf8').trim())
  try {
    return (await readFile(file, 'utf8')).split('\n').filter(Boolean)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Whether commits are here with everything that they reach. What the user's refs reach is taken to be. */
async function areHere(git: Git, commits: readonly string[]): Promise<boolean> {
  if (commits.length === 0) return true
  const reach = ['rev-list', '--objects', '--quiet', '--exclude-promisor-objects', '--stdin', '--not', '--all']
  return (await git.try(reach, { input: commits.map((commit) => `${commit}\n`).join('') })).code === 0
}
