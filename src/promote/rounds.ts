import type { Config } from '../config/schema.ts'
import { type BaseTip, type Forge, type ForgeState, Unsure } from '../forge/forge.ts'
import { Refusal } from '../report/failure.ts'
import type { Answers, Question } from '../signal/signal.ts'
import type { Base } from './base.ts'
import { branchName } from './branch.ts'
import { carryOut } from './carry-out.ts'
import { declinedBy } from './declined.ts'
import { type Done, foretold, together } from './done.ts'
import type { PullRequest } from './group.ts'
import { type IdleBranch, idleBranches } from './idle.ts'
import type { MachineBlock } from './machine-block.ts'
import type { Circumstances, Plan } from './plan.ts'
import { reconcile, type Step } from './reconcile.ts'
import type { Request } from './request.ts'
import { type Wanted, wantedOf } from './wanted.ts'

/** What a base branch's tip was read to. */
export interface World {
  config: Config
  base: Base
}

export interface RoundsPorts {
  forge: Forge
  /** Reads the configuration, the versions and their past at a commit. */
  look(tip: BaseTip): Promise<World>
  /**
   * Promotion, rollback: pure.
   *
   * @param earlier what an earlier round of this run decided.
   */
  decide(world: World, circumstances: Circumstances, earlier?: Plan): Plan
  answerImages(questions: readonly Question[]): Promise<Answers>
  messageOf(world: World, plan: Plan, wanted: Wanted): string
  bodyOf(world: World, plan: Plan, wanted: Wanted, block: MachineBlock): Promise<string>
  sleep(milliseconds: number): Promise<void>
  /** From 0 up to, not including, 1. */
  random(): number
  note(message: string): void
  warn(message: string): void
}

/** What a run came to. */
export interface Settled {
  world: World
  plan: Plan
  /** By branch: what was done, or would be. */
  done: ReadonlyMap<string, Done>
  /** What was merged in earlier rounds of this run; the plan, made anew since, knows nothing of it. */
  merged: readonly PullRequest[]
  idle: readonly IdleBranch[]
  /** The forge as it was read before the last steps. */
  state: ForgeState
  /** Nothing was written. */
  dryRun?: boolean
  /** What people should know of the run as a whole: sentences. */
  notes?: readonly string[]
  /** What ended the run before everything was done. */
  failure?: unknown
}

/** Kargo's measure for a busy repository (reference: promote.md §8). */
const MOST_TRIES = 10
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000

/**
 * Reads, decides and acts until the forge is as it should be. A write that met another state than was read only starts the
 * next round, so a run that is killed anywhere, and one that races with another, end the same. A merge starts another, too:
 * what was promoted may now go on.
 *
 * @param request what is asked for; `dryRun` takes no step and tells what each would have done.
 */
export async function settle(request: Request & { dryRun: boolean }, ports: RoundsPorts): Promise<Settled> {
  const done = new Map<string, Done>()
  const merged: PullRequest[] = []
  let seen: Seen | undefined
  let tries = 1
  try {
    for (;;) {
      try {
        seen = await see(request, ports, seen?.plan)
        if (request.dryRun) return { ...seen, done: foretold(seen.steps), merged, dryRun: true }
        const before = merged.length
        await act(seen, done, merged, ports)
        if (merged.length === before || seen.plan.action !== 'promote') return { ...seen, done, merged }
        ports.note('What was merged may go on to the next environment; reading again.')
      } catch (error) {
        if (!(error instanceof Unsure)) throw error
        await pause(tries++, error, ports)
      }
    }
  } catch (failure) {
    if (!seen) throw failure
    return { ...seen, done, merged, failure }
  }
}

interface Seen extends Omit<Settled, 'done' | 'merged' | 'failure'> {
  steps: readonly Step[]
}

/**
 * @throws Unsure where the base branch moved while it was read.
 */
async function see(request: Request, ports: RoundsPorts, earlier?: Plan): Promise<Seen> {
  const { forge } = ports
  const tip = await forge.readBase()
  const world = await ports.look(tip)
  const first = ports.decide(world, { request }, earlier)
  const { milestone } = world.config.pullRequest
  const state = await forge.read({
    branches: branchesOf(first),
    questions: first.questions.filter(({ ask }) => ask !== 'image'),
    ...(milestone !== undefined && { milestone }),
  })
  if (state.base.commit !== tip.commit) throw new Unsure(`the branch ${tip.branch} moved`)
  const images = first.questions.filter(({ ask }) => ask === 'image')
  const answers = new Map([...state.answers, ...(await ports.answerImages(images))])
  const circumstances = { request, answers, ...circumstancesOf(first.action, state, request, forge) }
  const plan = isUntouched(state, answers) ? first : ports.decide(world, circumstances, earlier)
  const wanted = plan.pullRequests.map((each) => wantedOf(plan, each, dressOf(world, state)))
  const idle = idleBranches(plan, state, world.base, request)
  return { world, state, plan, idle, steps: reconcile(wanted, idle, state, forge.pullRequests !== undefined) }
}

/** Nothing that a decision could hang on stands outside. */
function isUntouched({ branches, pullRequests }: ForgeState, answers: Answers): boolean {
  return branches.size === 0 && pullRequests.size === 0 && answers.size === 0
}

async function act(seen: Seen, done: Map<string, Done>, merged: PullRequest[], ports: RoundsPorts): Promise<void> {
  const { world, plan, steps, state } = seen
  const { draft, milestone } = dressOf(world, state)
  warnOfMilestone(seen, ports)
  await carryOut(steps, {
    ...{ forge: ports.forge, base: state.base, draft, warn: ports.warn },
    ...(milestone !== undefined && { milestone }),
    messageOf: (wanted) => ports.messageOf(world, plan, wanted),
    bodyOf: (wanted, block) => ports.bodyOf(world, plan, wanted, block),
    done(branch, now) {
      if (now.merged) merged.push(...plan.pullRequests.filter((each) => each.branch === branch))
      done.set(branch, together(done.get(branch), now))
    },
  })
}

/** Told where it would have been set: a title that nobody has is most likely a typo. */
function warnOfMilestone({ world, state, steps }: Seen, { warn }: RoundsPorts): void {
  const { milestone } = world.config.pullRequest
  if (milestone === undefined || state.milestone !== undefined) return
  if (!steps.some((step) => step.do === 'keep' && step.text)) return
  warn(`There is no open milestone ${JSON.stringify(milestone)}; pull requests go without one.`)
}

/** Where somebody may have closed a pull request and deleted its branch; those that stand are told in any case. */
function branchesOf({ action, promotions }: Plan): string[] {
  const due = promotions.filter(({ status }) => status === 'open' || status === 'waiting')
  const names = due.flatMap(({ app, to }) => [branchName(action, to, app), branchName(action, to, undefined)])
  return [...new Set(names)]
}

function circumstancesOf(
  action: Plan['action'],
  { branches, pullRequests }: ForgeState,
  request: Request,
  forge: Forge,
): Partial<Circumstances> {
  const open = [...pullRequests].filter(([, pulls]) => pulls.open).map(([name]) => name)
  const standing = new Set(forge.pullRequests ? open : branches.keys())
  return {
    ...{ open: standing, rollbacks: standing },
    ...(request.version === undefined && { declined: declinedBy(action, { pullRequests }) }),
  }
}

function dressOf({ config: { pullRequest } }: World, { milestone }: ForgeState) {
  const { draft, body } = pullRequest
  return { draft, ...(milestone !== undefined && { milestone }), ...(body !== undefined && { body }) }
}

async function pause(tries: number, cause: Unsure, { sleep, random, note }: RoundsPorts): Promise<void> {
  if (tries >= MOST_TRIES) throw tooManyTries(cause)
  const longest = Math.min(FIRST_WAIT * 1.5 ** (tries - 1), LONGEST_WAIT)
  note(`Reading again: ${cause.message}.`)
  await sleep(longest * (0.5 + random() / 2))
}

function tooManyTries(cause: Unsure): Refusal {
  return new Refusal(
    `The repository did not hold still in ${MOST_TRIES} tries (last: ${cause.message}); run again when it is quieter.`,
    { cause },
  )
}
