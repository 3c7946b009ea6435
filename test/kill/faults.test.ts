import pMap from 'p-map'
import { afterAll, expect, test } from 'vitest'
import type { Fault } from '../github/server/faults.ts'
import { expectAnswer, explained, isWrite } from './end.ts'
import { ALL, endOf, prepared, undisturbedRun } from './runs.ts'
import { CHAIN, CLOSE, NEW, ROLLBACK, SCENARIOS, type Scenario } from './scenarios.ts'

interface Trouble {
  name: string
  fault: Fault
  /** How many calls meet it, one after the other. */
  calls?: number
}

const HTML = '<!DOCTYPE html><title>Unicorn!</title>'
const around = (
  name: string,
  fault: { kind: 'drop' } | { kind: 'status'; status: number; body: string },
): Trouble[] => [
  { name: `${name} before its effect`, fault: { ...fault, when: 'before' } },
  { name: `${name} after its effect`, fault: { ...fault, when: 'after' } },
]

/** Waits are real, so that limits ask for one second, or for more than a run waits. */
const TROUBLES: readonly Trouble[] = [
  ...around('a connection that ends', { kind: 'drop' }),
  ...around('502', { kind: 'status', status: 502, body: HTML }),
  ...around('200 with a page', { kind: 'status', status: 200, body: HTML }),
  { name: '429 for a second', fault: { kind: 'limit', limit: 'secondary', status: 429, retryAfter: 1 } },
  { name: '403 for an hour', fault: { kind: 'limit', limit: 'secondary', status: 403, retryAfter: 3600 } },
  { name: 'no server from there on', fault: { kind: 'drop', when: 'before' }, calls: 60 },
]

const SAMPLE = [NEW, CLOSE, ROLLBACK, CHAIN]

const counts = { tried: 0, possible: 0, itself: 0 }
afterAll(() => {
  const { tried, possible, itself } = counts
  process.stdout.write(`promote: ${tried} of ${possible} faults; ${itself} runs ended right in spite of it\n`)
})

test.concurrent.each((ALL ? SCENARIOS : SAMPLE).map((scenario, index) => [scenario.name, scenario, index] as const))(
  'whatever a call meets, it ends right or says why not, and the next run ends right: %s',
  { timeout: 3_600_000 },
  async (_, scenario, index) => {
    const { calls, texts } = await undisturbedRun(scenario)
    const possible = calls.flatMap((call, at) =>
      TROUBLES.map((trouble) => ({ nth: at + 1, operation: call.operation, writes: isWrite(call), trouble })),
    )
    const chosen = ALL ? possible : sampleOf(possible, index)
    counts.possible += possible.length
    const failures = await pMap(chosen, (meeting) => failureOf(scenario, meeting, texts), { concurrency: 2 })
    expect(failures.filter((failure) => failure !== undefined)).toEqual([])
  },
)

interface Meeting {
  /** Which of the run's calls, from 1. */
  nth: number
  operation: string
  writes: boolean
  trouble: Trouble
}

/** Another call that writes, and another trouble, in each scenario. */
function sampleOf(possible: readonly Meeting[], index: number): Meeting[] {
  const writes = possible.filter(({ writes }) => writes)
  return [writes[(index * (TROUBLES.length + 2) + 1) % writes.length] as Meeting]
}

async function failureOf(scenario: Scenario, meeting: Meeting, texts: readonly string[]): Promise<string | undefined> {
  try {
    await meetAndRunAgain(scenario, meeting, texts)
    counts.tried += 1
    return undefined
  } catch (error) {
    const { nth, operation, trouble } = meeting
    return `${trouble.name}, at call ${nth} (${operation}): ${explained(error)}`
  }
}

async function meetAndRunAgain(
  scenario: Scenario,
  { nth, trouble: { fault, calls = 1 } }: Meeting,
  texts: readonly string[],
): Promise<void> {
  const world = await prepared(scenario)
  try {
    const { inputs, action = 'promote' } = scenario
    for (let call = nth; call < nth + calls; call++) world.github.arm({ nth: call }, fault)
    const first = await world.act(inputs, { action })
    expectAnswer(first)
    world.github.disarm()
    // Git takes a page for a server of files alone, and asks for those.
    expect(world.github.takeViolations().filter((violation) => !/\.git\/(?:HEAD|objects\/)/.test(violation))).toEqual(
      [],
    )
    if (first.code === 0) counts.itself += 1
    else {
      const again = await world.act(inputs, { action })
      expectAnswer(again)
      expect(again.code, again.stderr).toBe(0)
    }
    expect(await endOf(world, scenario)).toEqual(texts)
  } finally {
    await world.close()
  }
}
