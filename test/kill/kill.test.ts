import pMap from 'p-map'
import { afterAll, expect, test } from 'vitest'
import { expectAnswer, expectClean, explained, isWrite } from './end.ts'
import { ALL, endOf, prepared, undisturbedRun } from './runs.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'

/**
 * When the process dies, beside one of its calls: before the call arrives, after its effect, or while it is on its way, so
 * that its effect comes after the whole next run.
 */
const MOMENTS = ['before', 'after', 'on the way'] as const
type Moment = (typeof MOMENTS)[number]

const counts = { killed: 0, possible: 0 }
afterAll(() => {
  process.stdout.write(`promote: killed ${counts.killed} times, of ${counts.possible} calls and moments\n`)
})

test.concurrent.each(SCENARIOS.map((scenario, index) => [scenario.name, scenario, index] as const))(
  'killed at any call, the next run ends right: %s',
  { timeout: 3_600_000 },
  async (_, scenario, index) => {
    const undisturbed = await undisturbedRun(scenario)
    const possible = undisturbed.calls.flatMap((call, at) =>
      MOMENTS.map((moment) => ({ nth: at + 1, operation: call.operation, writes: isWrite(call), moment })),
    )
    const chosen = ALL ? possible : sampleOf(possible, index)
    counts.possible += possible.length
    const failures = await pMap(chosen, (kill) => failureOf(scenario, kill, undisturbed.texts), { concurrency: 2 })
    expect(failures.filter((failure) => failure !== undefined)).toEqual([])
  },
)

interface Kill {
  /** Which of the run's calls, from 1. */
  nth: number
  operation: string
  writes: boolean
  moment: Moment
}

/** Of the calls that write, as the others change nothing; another of them, and another moment, in each scenario. */
function sampleOf(possible: readonly Kill[], index: number): Kill[] {
  const writes = possible.filter(({ writes }) => writes)
  return [writes[(index * 4 + 7) % writes.length] as Kill]
}

async function failureOf(scenario: Scenario, kill: Kill, texts: readonly string[]): Promise<string | undefined> {
  try {
    await killAndRunAgain(scenario, kill, texts)
    counts.killed += 1
    return undefined
  } catch (error) {
    return `killed ${kill.moment} call ${kill.nth} (${kill.operation}): ${explained(error)}`
  }
}

async function killAndRunAgain(scenario: Scenario, { nth, moment }: Kill, texts: readonly string[]): Promise<void> {
  const world = await prepared(scenario)
  try {
    const { inputs, action = 'promote' } = scenario
    const again = async () => {
      const ran = await world.act(inputs, { action })
      expectAnswer(ran)
      expect(ran.code, ran.stderr).toBe(0)
    }
    const gate = world.github.hold({ nth }, moment === 'after' ? 'after' : 'before')
    const stop = new AbortController()
    const run = world.act(inputs, { action, signal: stop.signal })
    await Promise.race([gate.reached, run.then(() => Promise.reject(new Error('it ended before this call')))])
    stop.abort()
    expectClean(await run)
    if (moment === 'before') gate.drop()
    if (moment === 'after') gate.release()
    await again()
    if (moment === 'on the way') {
      gate.release()
      await again()
    }
    expect(await endOf(world, scenario)).toEqual(texts)
  } finally {
    await world.close()
  }
}
