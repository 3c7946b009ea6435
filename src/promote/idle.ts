import type { Branch, ForgeState } from '../forge/forge.ts'
import { branchName } from './branch.ts'
import { readMachineBlock } from './machine-block.ts'
import type { Plan, Promotion } from './plan.ts'
import type { Idle } from './reconcile.ts'
import type { Request } from './request.ts'
import type { Snapshot } from './snapshot.ts'

/** What a branch of ours is for. */
export interface Errand {
  /** `undefined` where it is all of the environment's, and nobody can say which. */
  apps: readonly string[] | undefined
  to: string
}

export interface IdleBranch extends Idle, Errand {
  /** The number of its open pull request. */
  pullRequest?: number
}

/**
 * The branches of this action that stand but are not wanted now, and what becomes of them. What waits, is held or blocked
 * keeps its pull request; what has nothing to promote, or goes on elsewhere, is closed.
 */
export function idleBranches(
  { action, promotions, pullRequests }: Plan,
  state: ForgeState,
  snapshot: Pick<Snapshot, 'applications' | 'layout'>,
  request: Request,
): IdleBranch[] {
  const wanted = new Set(pullRequests.map(({ branch }) => branch))
  const errands = errandsOf(action, snapshot)
  return standing(action, state)
    .filter((name) => !wanted.has(name))
    .flatMap((name) => {
      const errand = errandOf(name, state, errands)
      if (!errand || !isInScope(errand, request)) return []
      const concerned = promotions.filter(({ app, to }) => to === errand.to && (errand.apps?.includes(app) ?? true))
      const open = state.pullRequests.get(name)?.open
      const close = whyClosed(concerned, errand)
      return [{ name, ...errand, close, ...(open && { pullRequest: open.number }) }]
    })
}

function standing(action: string, { branches, pullRequests }: ForgeState): string[] {
  const open = [...pullRequests].filter(([, pulls]) => pulls.open).map(([name]) => name)
  const names = new Set([...branches.keys(), ...open])
  return [...names].filter((name) => name.startsWith(`gitops/${action}/`)).sort()
}

/** The branches of all applications and environments by name: their names cannot be read backwards. */
function errandsOf(action: string, { applications, layout }: Pick<Snapshot, 'applications' | 'layout'>) {
  const errands = new Map<string, Errand>()
  for (const to of layout.environments.keys()) {
    errands.set(branchName(action, to, undefined), { apps: undefined, to })
    for (const app of applications.keys()) errands.set(branchName(action, to, app), { apps: [app], to })
  }
  return errands
}

/** Of a grouped branch, its commit or its pull request says for which applications it is. */
function errandOf(name: string, state: ForgeState, errands: ReadonlyMap<string, Errand>): Errand | undefined {
  const known = errands.get(name)
  if (known?.apps) return known
  const told = toldBy(state.branches.get(name))
  const open = state.pullRequests.get(name)?.open
  const block = open?.ours ? readMachineBlock(open.body) : undefined
  const named = block && block.marks === undefined ? Object.keys(block.versions) : undefined
  const written = told ?? (block && { apps: named, to: block.to })
  return known && written ? { ...known, apps: written.apps } : (written ?? known)
}

function toldBy(branch: Branch | undefined): Errand | undefined {
  const apps = branch?.own?.trailers.get('Gitops-App')
  const [to] = branch?.own?.trailers.get('Gitops-To') ?? []
  return apps && to !== undefined ? { apps, to } : undefined
}

function isInScope({ apps, to }: Errand, request: Request): boolean {
  if (request.environments && !request.environments.includes(to)) return false
  return !request.apps || (apps?.every((app) => request.apps?.includes(app)) ?? false)
}

function whyClosed(concerned: readonly Promotion[], { to }: Errand): string | undefined {
  if (concerned.some(({ status }) => ['waiting', 'held', 'blocked'].includes(status))) return undefined
  if (concerned.some(({ status }) => status === 'open')) return 'It goes on in another pull request.'
  const reasons = [...new Set(concerned.flatMap(({ reason }) => reason ?? []))]
  return reasons.length === 1
    ? (reasons[0] as string)
    : `There is nothing left to promote: ${to} has what its source has.`
}
