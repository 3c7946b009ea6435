import type { Config } from '../config/schema.ts'
import { type BaseTip, type Forge, type ForgeState, Unsure } from '../forge/forge.ts'
import { Refusal } from '../report/failure.ts'
import type { Base } from './base.ts'
import { branchName } from './branch.ts'
import { carryOut, type Done } from './carry-out.ts'
import { declinedBy } from './declined.ts'
import { type IdleBranch, idleBranches } from './idle.ts'
import type { MachineBlock } from './machine-block.ts'
import type { Circumstances, Plan } from './plan.ts'
import { reconcile, type Step } from './reconcile.ts'
import type { Request } from './request.ts'
import type { Answers, Question } from './signals.ts'
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
  /** Promotion, rollback: pure. */
  decide(world: World, circumstances: Circumstances): Plan
  answerImages(questions: readonly Question[]): Promise<Answers>
  messageOf(plan: Plan, wanted: Wanted): string
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
  idle: readonly IdleBranch[]
  /** The forge as it was read before the last steps. */
  state: ForgeState
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
  let tries = 1
  for (;;) {
    const seen = await see(request, ports)
    if (typeof seen === 'string') {
      await tryAgain(tries++, seen, ports)
      continue
    }
    if (request.dryRun) return { ...seen, done: foretold(seen.steps) }
    let merged = false
    const tell = (branch: string, now: Done) => {
      merged ||= now.merged === true
      done.set(branch, together(done.get(branch), now))
    }
    try {
      await act(seen, tell, ports)
    } catch (failure) {
      if (failure instanceof Unsure && tries < MOST_TRIES) {
        await tryAgain(tries++, failure.message, ports)
        continue
      }
      return { ...seen, done, failure: failure instanceof Unsure ? tooManyTries(failure) : failure }
    }
    if (!merged) return { ...seen, done }
    ports.note('What was merged may go on to the next environment; reading again.')
  }
}

interface Seen extends Omit<Settled, 'done' | 'failure'> {
  steps: readonly Step[]
}

/** A clause instead, where the base branch moved while it was read. */
async function see(request: Request, ports: RoundsPorts): Promise<Seen | string> {
  const { forge } = ports
  const tip = await forge.readBase()
  const world = await ports.look(tip)
  const first = ports.decide(world, { request })
  const { milestone } = world.config.pullRequest
  const state = await forge.read({
    branches: branchesOf(first),
    questions: first.questions.filter(({ ask }) => ask !== 'image'),
    ...(milestone !== undefined && { milestone }),
  })
  if (state.base.commit !== tip.commit) return `the branch ${tip.branch} moved`
  const images = first.questions.filter(({ ask }) => ask === 'image')
  const answers = new Map([...state.answers, ...(await ports.answerImages(images))])
  const plan = ports.decide(world, { request, answers, ...circumstancesOf(first.action, state, request, forge) })
  const wanted = plan.pullRequests.map((each) => wantedOf(plan, each, dressOf(world, state)))
  const idle = idleBranches(plan, state, world.base, request)
  return { world, state, plan, idle, steps: reconcile(wanted, idle, state, forge.pullRequests !== undefined) }
}

function act(
  { world, plan, steps, state }: Seen,
  done: (branch: string, done: Done) => void,
  ports: RoundsPorts,
): Promise<void> {
  const { draft, milestone } = dressOf(world, state)
  return carryOut(steps, {
    ...{ forge: ports.forge, base: state.base, draft, done, warn: ports.warn },
    ...(milestone !== undefined && { milestone }),
    messageOf: (wanted) => ports.messageOf(plan, wanted),
    bodyOf: (wanted, block) => ports.bodyOf(world, plan, wanted, block),
  })
}

function branchesOf({ action, promotions }: Plan): string[] {
  const due = promotions.filter(({ status }) => status === 'open' || status === 'waiting')
  const names = due.flatMap(({ app, to }) => [
    branchName(action, to, app),
    branchName(action, to, undefined),
    branchName('rollback', to, app),
  ])
  return [...new Set(names)]
}

function circumstancesOf(
  action: Plan['action'],
  { branches, pullRequests }: ForgeState,
  request: Request,
  forge: Forge,
): Partial<Circumstances> {
  const open = [...pullRequests].filter(([, pulls]) => pulls.open).map(([name]) => name)
  return {
    open: new Set(forge.pullRequests ? open : branches.keys()),
    ...(request.version === undefined && { declined: declinedBy(action, { pullRequests }) }),
  }
}

function dressOf({ config: { pullRequest } }: World, { milestone }: ForgeState) {
  const { draft, body } = pullRequest
  return { draft, ...(milestone !== undefined && { milestone }), ...(body !== undefined && { body }) }
}

/** What the steps would do, told without taking them. */
function foretold(steps: readonly Step[]): Map<string, Done> {
  const done = new Map<string, Done>()
  for (const step of steps) {
    if (step.do === 'restrain') continue
    const pull = step.pull && { pullRequest: step.pull.number, url: step.pull.url }
    if (step.do === 'close') done.set(step.name, { status: 'close', reason: step.reason, ...pull })
    else if (step.do === 'hold') done.set(step.wanted.request.branch, { status: 'held', reason: step.reason, ...pull })
    else done.set(step.wanted.request.branch, { status: step.operation, ...pull })
  }
  return done
}

/** A later round finds as it should be what an earlier one has done. */
function together(before: Done | undefined, now: Done): Done {
  return before && now.status === 'unchanged' ? { ...now, status: before.status } : now
}

async function tryAgain(tries: number, why: string, { sleep, random, note }: RoundsPorts): Promise<void> {
  if (tries >= MOST_TRIES) throw tooManyTries(new Unsure(why))
  const longest = Math.min(FIRST_WAIT * 1.5 ** (tries - 1), LONGEST_WAIT)
  note(`Reading again: ${why}.`)
  await sleep(longest * (0.5 + random() / 2))
}

function tooManyTries(cause: Unsure): Refusal {
  return new Refusal(
    `The repository did not hold still in ${MOST_TRIES} tries (last: ${cause.message}); run again when it is quieter.`,
    { cause },
  )
}
