import type { Git } from '../../repository/git.ts'
import type { PushOutcome, RefUpdate, Remote } from '../../repository/remote.ts'
import { CommitsGone } from '../../repository/remote.ts'
import { readBaseTip, tipIn } from '../base-tip.ts'
import { inspectBranches } from '../branches.ts'
import { type BaseTip, type BranchChange, Declined, type Forge, type ForgeState, Unsure } from '../forge.ts'
import { writeCommit } from './commit.ts'
import type { Identity } from './identity.ts'
import { mergeRequestOptions } from './merge-request.ts'

export interface GitForgePorts {
  git: Git
  remote: Remote
  /** The remote's default branch unless given. */
  base?: string
  identity: Identity
  /** Whether pushes ask for merge requests; unless given, where the remote's host says that it is a GitLab. */
  gitlab?: boolean
  /** Milliseconds since 1970. */
  now(): number
  /** Told what the remote says to a push. */
  note(message: string): void
}

const HEADS = 'refs/heads/'
const OURS = ['promote', 'rollback', 'update'].map((action) => `${HEADS}gitops/${action}/*`)

/**
 * Any git remote as a forge: branches and nothing else. What is written is in the local clone as objects only; its working
 * tree, index and refs stay as they are.
 */
export function openGitForge(ports: GitForgePorts): Forge {
  const { git, remote, identity, now, note } = ports
  const gitlab = ports.gitlab ?? remote.address.host?.includes('gitlab') === true
  let branch = ports.base

  async function readBase(): Promise<BaseTip> {
    const tip = await readBaseTip(remote, branch)
    branch = tip.branch
    await fetch([tip.commit])
    return tip
  }

  async function read(): Promise<ForgeState> {
    branch ??= (await remote.defaultBranch()).branch
    const refs = await remote.list([`${HEADS}${branch}`, ...OURS])
    const base = tipIn(refs, branch, remote.address)
    const ours = [...refs].filter(([ref]) => ref !== `${HEADS}${base.branch}`)
    const heads = new Map(ours.map(([ref, commit]) => [ref.slice(HEADS.length), commit]))
    await fetch([base.commit, ...heads.values()])
    const branches = await inspectBranches(git, heads, base.commit)
    return { base, branches, pullRequests: new Map(), answers: new Map() }
  }

  async function fetch(commits: readonly string[]): Promise<void> {
    try {
      await remote.fetch(commits)
    } catch (error) {
      if (error instanceof CommitsGone) throw new Unsure('a branch was replaced while it was read')
      throw error
    }
  }

  async function write(change: BranchChange): Promise<string> {
    const after = await writeCommit(git, change, { identity, now: now() })
    await push({ ref: HEADS + change.branch, before: change.before, after }, gitlab ? mergeRequestOptions(change) : [])
    return after
  }

  async function push(update: RefUpdate, options: readonly string[] = []): Promise<void> {
    const outcome = (await remote.push([update], options)).get(update.ref) as PushOutcome
    const name = update.ref.slice(HEADS.length)
    switch (outcome.is) {
      case 'pushed':
        if (outcome.said !== '') note(`${remote.address.shown}: ${outcome.said}`)
        return
      case 'moved':
        throw new Unsure(`the branch ${name} is not as it was read`)
      case 'unknown':
        throw new Unsure(`nobody knows whether the branch ${name} was pushed (${outcome.reason})`)
      case 'refused':
        throw new Declined(`${remote.address.shown} refused the push to ${name} (${outcome.reason}).`)
    }
  }

  return {
    kind: 'git',
    readBase,
    read,
    write,
    remove: (name, before) => push({ ref: HEADS + name, before, after: undefined }),
  }
}
