import { expect } from 'vitest'
import { type PromoteWorld, promoteWorld } from '../bundle/promote-world.ts'
import type { CallRecord } from '../github/server/server.ts'
import { expectAnswer, expectEnd, expectNothingWritten } from './end.ts'
import type { Scenario } from './scenarios.ts'

/** All calls, orders and faults take an hour: `npm run test:kill:all`. Otherwise a few of each. */
export const ALL = process.env.GITOPS_TEST_ALL === '1'

/** A world where the scenario's run is next. */
export async function prepared(scenario: Scenario): Promise<PromoteWorld> {
  const world = await promoteWorld(scenario.options)
  await scenario.prepare?.(world)
  return world
}

/** The calls of a run that nothing happens to, and the texts that it leaves. */
export async function undisturbedRun(scenario: Scenario): Promise<{ calls: readonly CallRecord[]; texts: string[] }> {
  const world = await prepared(scenario)
  try {
    const { inputs, action = 'promote' } = scenario
    const from = world.github.calls.length
    expectAnswer(await world.act(inputs, { action }))
    const calls = world.github.calls.slice(from)
    return { calls, texts: await endOf(world, scenario) }
  } finally {
    await world.close()
  }
}

/** What stands is right, and a further run leaves it as it is. */
export async function endOf(world: PromoteWorld, scenario: Scenario): Promise<string[]> {
  const texts = expectEnd(world, scenario)
  const from = world.github.calls.length
  const ran = await world.act(scenario.inputs, { action: scenario.action ?? 'promote', clone: world.newClone() })
  expectAnswer(ran)
  expect([ran.code, ran.outputs.outcome]).toEqual([0, 'unchanged'])
  expectNothingWritten(world, from)
  expect(expectEnd(world, scenario)).toEqual(texts)
  return texts
}
