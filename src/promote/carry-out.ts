import {
  type BaseTip,
  Declined,
  type Forge,
  type NewPullRequest,
  type OpenPullRequest,
  type PullRequests,
  Unsure,
} from '../forge/forge.ts'
import type { Done } from './done.ts'
import { formatMachineBlock, type MachineBlock } from './machine-block.ts'
import type { Step } from './reconcile.ts'
import type { Wanted } from './wanted.ts'

export interface Hands {
  forge: Forge
  base: BaseTip
  draft: boolean
  milestone?: number
  messageOf(wanted: Wanted): string
  /** The body, rendered difference included; asked for only where it is written. */
  bodyOf(wanted: Wanted, block: MachineBlock): Promise<string>
  warn(message: string): void
  /** Told after each step, so that nothing done is lost when a later one fails. */
  done(branch: string, done: Done): void
}

type Keep = Extract<Step, { do: 'keep' }>

/** A pull request that stands, with what it would be merged by. */
interface Standing {
  step: Keep
  done: Done
  number: number
  head: string | undefined
}

/**
 * Takes the steps one after the other. What the forge declines for one pull request stops no other; whatever else goes
 * wrong ends it. Merging comes last: a merge moves the base, on which all others are opened.
 *
 * @throws Unsure where the forge is not as it was read.
 */
export async function carryOut(steps: readonly Step[], hands: Hands): Promise<void> {
  const standing: Standing[] = []
  for (const step of steps) await tell(branchOf(step), hands, () => take(step, hands, standing))
  for (const each of standing) await tell(branchOf(each.step), hands, () => merge(each, hands))
}

async function tell(name: string | undefined, hands: Hands, act: () => Promise<Done | undefined>): Promise<void> {
  try {
    const done = await act()
    if (name !== undefined && done) hands.done(name, done)
  } catch (error) {
    if (!(error instanceof Declined) || name === undefined) throw error
    hands.done(name, { status: 'blocked', reason: error.message })
  }
}

function branchOf(step: Step): string | undefined {
  if (step.do === 'close') return step.name
  return step.do === 'restrain' ? undefined : step.wanted.request.branch
}

async function take(step: Step, hands: Hands, standing: Standing[]): Promise<Done | undefined> {
  switch (step.do) {
    case 'keep':
      return keep(step, hands, standing)
    case 'hold':
      await restrain(step.pull, hands)
      return { status: 'held', reason: step.reason, ...numbered(step.pull) }
    case 'restrain':
      await restrain(step.pull, hands)
      return undefined
    case 'close':
      return close(step, hands)
  }
}

async function keep(step: Keep, hands: Hands, standing: Standing[]): Promise<Done> {
  const { forge } = hands
  const head = step.write ? await write(step, hands) : step.head
  if (!forge.pullRequests) return { status: step.operation }
  const pull = step.text || !step.pull ? await dress(step, head, forge.pullRequests, hands) : step.pull
  const done: Done = { status: step.operation, ...numbered(pull) }
  standing.push({ step, done, number: pull.number, head })
  return done
}

async function write({ wanted, head: before }: Keep, hands: Hands): Promise<string> {
  const { branch, title, files } = wanted.request
  // A server that makes merge requests of pushes takes the body with the push.
  const body = hands.forge.pullRequests ? '' : await hands.bodyOf(wanted, { ...wanted.block, done: true })
  return hands.forge.write({ branch, before, base: hands.base, message: hands.messageOf(wanted), files, title, body })
}

/** Opens it or writes its text; labels and the like come last, with the word that they are done. */
async function dress(
  { wanted, pull, head: before }: Keep,
  head: string | undefined,
  pulls: PullRequests,
  hands: Hands,
): Promise<Numbered> {
  const { title, branch, labels, reviewers, assignees } = wanted.request
  const finished: MachineBlock = { ...wanted.block, done: true }
  const first = wanted.decorated ? wanted.block : finished
  const body = await hands.bodyOf(wanted, first)
  const about = { heads: [head, before].filter((each) => each !== undefined), title }
  const standing =
    pull ?? (await open({ branch, base: hands.base.branch, title, body, draft: hands.draft, about }, pulls, hands))
  if (pull) await pulls.update(pull.number, { title, body, about })
  if (!wanted.decorated) return standing
  const { milestone } = hands
  const { refused, unassigned = [] } = await pulls.decorate(standing.number, {
    ...{ labels, reviewers, assignees, about },
    body: body.replace(formatMachineBlock(first), formatMachineBlock(finished)),
    ...(milestone !== undefined && { milestone }),
  })
  for (const who of refused) hands.warn(`${who} cannot be asked to review #${standing.number}.`)
  for (const who of unassigned) hands.warn(`${who} cannot be assigned to #${standing.number}.`)
  return standing
}

/**
 * What another run has opened has its text, which may be of another version by now. One that another run has merged is gone
 * with its branch, and only the base tells of it: from when the branch stands, nobody else can merge under its name.
 */
async function open(wanted: NewPullRequest, pulls: PullRequests, { forge, base }: Hands): Promise<Numbered> {
  if ((await forge.readBase()).commit !== base.commit) throw new Unsure(`the branch ${base.branch} moved`)
  const opened = await pulls.open(wanted)
  if (opened.adopted) throw new Unsure(`another run opened #${opened.number} at the same time`)
  return opened
}

/** Nothing where it is not to be merged, or GitHub refuses. */
async function merge({ step, done, number, head }: Standing, { forge, warn, draft }: Hands): Promise<Done | undefined> {
  const { wanted, pull, operation } = step
  const { merge: mode } = wanted.request
  if (mode === 'manual' || draft || pull?.draft || head === undefined) return undefined
  if (pull?.merging && operation === 'unchanged') return undefined
  const outcome = await forge.pullRequests?.merge({ number, head, mode, mergeState: pull?.mergeState ?? 'UNKNOWN' })
  if (outcome?.is === 'refused') warn(`#${number} was not merged: ${outcome.reason}`)
  if (outcome?.is === 'merged') return { ...done, merged: true }
  return outcome?.is === 'waiting' ? { ...done, merging: true } : undefined
}

async function restrain(pull: OpenPullRequest | undefined, { forge }: Hands): Promise<void> {
  if (pull?.merging) await forge.pullRequests?.stopMerging(pull.number)
}

/** The pull request first: deleting its branch would close it without a word. */
async function close({ pull, branch, name, reason }: Extract<Step, { do: 'close' }>, { forge }: Hands): Promise<Done> {
  if (pull) await forge.pullRequests?.close(pull.number, reason)
  if (branch) await forge.remove(name, branch.head)
  return { status: 'close', reason, ...numbered(pull) }
}

type Numbered = Pick<OpenPullRequest, 'number' | 'url'>

function numbered(pull: Numbered | undefined): Pick<Done, 'pullRequest' | 'url'> {
  return pull ? { pullRequest: pull.number, url: pull.url } : {}
}
