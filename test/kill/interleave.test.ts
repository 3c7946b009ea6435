import pMap from 'p-map'
import { afterAll, expect, test } from 'vitest'
import { expectAnswer, explained, isWrite } from './end.ts'
import { ALL, endOf, prepared, undisturbedRun } from './runs.ts'
import {
  CHAIN,
  CLOSE,
  DRESSED_UPDATE,
  MOVED_CLOSE,
  MOVED_DRESSED,
  MOVED_LABELLED,
  MOVED_NEW,
  MOVED_UPDATE,
  NEW,
  PLAIN,
  ROLLBACK,
  type Scenario,
  TWO,
  UPDATE,
} from './scenarios.ts'

/** By whose turn it is; a goes on where it ends. */
type Order = readonly ('a' | 'b')[]

/** Two runs at once, each with its own token. */
interface Race {
  scenario: Scenario
  /** Both work in one clone, as two jobs of a machine that keeps its folders do. */
  inOneClone?: boolean
  /** The one that is tried in a sample; without it, none. */
  order?: string
}

const IN_TURNS = 'abababababab'
const RACES: readonly Race[] = [
  { scenario: PLAIN },
  { scenario: PLAIN, order: 'babbaa', inOneClone: true },
  { scenario: UPDATE, order: IN_TURNS },
  { scenario: CLOSE, order: 'abbbb' },
  { scenario: ROLLBACK },
  { scenario: TWO },
  { scenario: NEW, order: IN_TURNS },
  { scenario: DRESSED_UPDATE },
  { scenario: CHAIN, order: IN_TURNS },
  // The one opens what the other has moved on.
  { scenario: MOVED_NEW, order: 'aababbb' },
  // The one writes its text after all that the other did.
  { scenario: MOVED_UPDATE, order: 'aabbba' },
  { scenario: MOVED_DRESSED },
  { scenario: MOVED_LABELLED, order: 'aaaabbbbb' },
  { scenario: MOVED_CLOSE, order: 'abbbb' },
]

/** Of one race; some have more than a thousand. */
const MOST = 100
const LONGEST_RUN = 60_000

const counts = { tried: 0, left: 0 }
afterAll(() => {
  process.stdout.write(`promote: two runs in ${counts.tried} orders; ${counts.left} branches of orders left off\n`)
})

test.concurrent.each(RACES.filter(({ order }) => ALL || order).map((race) => [nameOf(race), race] as const))(
  'two runs at once end right: %s',
  { timeout: 3_600_000 },
  async (_, race) => {
    const { scenario } = race
    const texts = ALL ? await textsOf(scenario) : undefined
    const failures: string[] = []
    const attempt = async (order: Order): Promise<Order> => {
      const done = await inOrder(race, order, texts)
      counts.tried += 1
      if (done.failure !== undefined) failures.push(`${done.taken.join('')}: ${done.failure}`)
      return done.taken
    }
    if (ALL) await everyOrder(attempt, scenario.meanwhile ? ['a'] : [])
    else await attempt([...(race.order ?? '')] as Order)
    expect(failures).toEqual([])
  },
)

/** What a run leaves that begins when all has happened. */
async function textsOf(scenario: Scenario): Promise<readonly string[]> {
  const { texts } = await undisturbedRun({
    ...scenario,
    async prepare(world) {
      await scenario.prepare?.(world)
      await scenario.meanwhile?.(world)
    },
  })
  return texts
}

function nameOf({ scenario: { name }, inOneClone }: Race): string {
  return `${name}, in ${inOneClone ? 'one clone' : 'two clones'}`
}

/**
 * Every order there is, or the first of them: an order tells where b might have come before a, and each such place is the
 * beginning of others.
 */
async function everyOrder(attempt: (order: Order) => Promise<Order>, first: Order): Promise<void> {
  let frontier: Order[] = [first]
  let tried = 0
  while (frontier.length > 0) {
    const now = frontier.slice(0, Math.min(16, MOST - tried))
    const rest = frontier.slice(now.length)
    if (now.length === 0) {
      counts.left += rest.length
      return
    }
    tried += now.length
    const found = await pMap(now, async (order) => branchesOf(await attempt(order), order.length), { concurrency: 2 })
    // Those that part earliest first, so that what is left off differs least from what was tried.
    frontier = [...rest, ...found.flat()].sort((one, other) => one.length - other.length)
  }
}

function branchesOf(taken: Order, from: number): Order[] {
  return taken.flatMap((turn, at) => {
    const couldBeB = at >= from && turn === 'a' && taken.includes('b', at)
    return couldBeB ? [[...taken.slice(0, at), 'b' as const]] : []
  })
}

/** Runs both, a first wherever the order does not say. */
async function inOrder(
  { scenario, inOneClone }: Race,
  order: Order,
  texts: readonly string[] | undefined,
): Promise<{ taken: Order; failure?: string }> {
  const world = await prepared(scenario)
  const tokens = { a: world.github.issueToken(), b: world.github.issueToken() }
  const rest = [...new Array(100).fill('a'), ...new Array(100).fill('b')] as Order
  const schedule = world.github.schedule(
    [...order, ...rest].map((turn) => tokens[turn]),
    canBeSeen,
  )
  const writer = async (turn: 'a' | 'b') => {
    const { inputs, action = 'promote' } = scenario
    const clone = turn === 'a' || inOneClone ? world.clone : world.newClone()
    const signal = AbortSignal.timeout(LONGEST_RUN)
    const ran = await world.act(inputs, { action, clone, token: tokens[turn], signal })
    schedule.finished(tokens[turn])
    return ran
  }
  let failure: string | undefined
  try {
    const [a, b] = await Promise.all([writer('a'), writer('b'), meanwhile(scenario, world, tokens.a)])
    for (const ran of [a, b]) {
      expectAnswer(ran)
      expect(ran.code, ran.stderr).toBe(0)
    }
    const left = await endOf(world, scenario)
    if (texts) expect(left).toEqual(texts)
  } catch (error) {
    failure = explained(error)
  }
  const taken = schedule.taken.map((token): 'a' | 'b' => (token === tokens.a ? 'a' : 'b'))
  try {
    await world.close()
  } catch (error) {
    failure ??= (error as Error).message
  }
  return { taken, ...(failure !== undefined && { failure }) }
}

/** Once a has read the forge, so that it goes on with an older base than b. */
async function meanwhile(scenario: Scenario, world: Awaited<ReturnType<typeof prepared>>, token: string) {
  if (!scenario.meanwhile) return
  const gate = world.github.hold({ operation: 'query repository', token, nth: 1 }, 'after')
  await gate.reached
  await scenario.meanwhile(world)
  gate.release()
}

/** What one run may learn from another's: not of trees and commits that no branch has, and what git fetches never changes. */
function canBeSeen(operation: string): boolean {
  if (operation.startsWith('query')) return true
  return !operation.startsWith('git') && isWrite({ method: 'POST', operation })
}
