import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { World } from '../commands/world.ts'
import { UsageError } from '../report/failure.ts'
import { writeOutputs } from './outputs.ts'

/**
 * Runs an action in the one way all of them run: an error becomes one line that says what to do and `outcome: error`;
 * the exit code is set, never forced.
 */
export async function runAction(world: World, action: (world: World) => Promise<number>): Promise<void> {
  const { environment, sink } = world
  try {
    const working = environment['INPUT_WORKING-DIRECTORY']?.trim()
    const inside = working ? { ...world, workingDirectory: resolve(world.workingDirectory, working) } : world
    process.exitCode = await action(inside)
  } catch (error) {
    if (error instanceof UsageError) for (const line of error.message.split('\n')) sink.fail(new UsageError(line))
    else sink.fail(error)
    const delimiter = () => `gitops_${randomBytes(16).toString('hex')}`
    writeOutputs(
      environment.GITHUB_OUTPUT,
      { outcome: 'error' },
      { append: appendFileSync, warn: sink.warn, delimiter },
    )
    process.exitCode = 1
  }
}

/** The input `token` in the place of GITHUB_TOKEN, where it is given. */
export function withToken(world: World): World {
  const token = world.environment.INPUT_TOKEN?.trim()
  return token ? { ...world, environment: { ...world.environment, GITHUB_TOKEN: token } } : world
}
