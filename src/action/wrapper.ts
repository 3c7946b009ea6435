import { randomBytes } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { World } from '../commands/world.ts'
import { nodeWorld } from '../main.ts'
import { UsageError } from '../report/failure.ts'
import { fenced, markdown } from '../report/markdown.ts'
import { failUsage } from '../report/usage.ts'
import { appendSummary } from './job-summary.ts'
import { writeOutputs } from './outputs.ts'

/** The world of a step. Somebody who re-runs a job with debug logging wants to hear more without changing the workflow. */
export function actionWorld(): World {
  const { RUNNER_DEBUG, INPUT_VERBOSE } = process.env
  return nodeWorld(RUNNER_DEBUG === '1' || /^true$/i.test(INPUT_VERBOSE?.trim() ?? ''))
}

/**
 * Runs an action in the one way all of them run: an error becomes one line that says what to do, the same in the job
 * summary, and `outcome: error`; the exit code is set, never forced.
 *
 * @param blank the report of a run that found out nothing, so that what reads the output `json` can always parse it.
 */
export async function runAction(
  world: World,
  action: (world: World) => Promise<number>,
  blank?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { environment, sink } = world
  try {
    const working = environment['INPUT_WORKING-DIRECTORY']?.trim()
    const inside = working ? { ...world, workingDirectory: resolve(world.workingDirectory, working) } : world
    process.exitCode = await action(inside)
  } catch (error) {
    if (error instanceof UsageError) failUsage(error, sink)
    else sink.fail(error)
    appendSummary(world, summaryOf(error))
    const delimiter = () => `gitops_${randomBytes(16).toString('hex')}`
    writeOutputs(
      environment.GITHUB_OUTPUT,
      { outcome: 'error', ...(blank && { json: JSON.stringify(blank) }) },
      { append: appendFileSync, warn: sink.warn, delimiter },
    )
    process.exitCode = 1
  }
}

/** The file to complete is worth more than an error message: it can be copied from the job summary. */
function summaryOf(error: unknown): string {
  const message = error instanceof Error ? error.message : 'Something that is no error was thrown.'
  const attachment = error instanceof UsageError ? error.attachment : undefined
  const paragraphs = [
    '## ❌ Error',
    ...message.split('\n').map(markdown),
    ...(attachment === undefined ? [] : [fenced(attachment, 'yaml')]),
  ]
  return `${paragraphs.join('\n\n')}\n`
}

/** The input `token` in the place of GITHUB_TOKEN, where it is given. */
export function withToken(world: World): World {
  const token = world.environment.INPUT_TOKEN?.trim()
  return token ? { ...world, environment: { ...world.environment, GITHUB_TOKEN: token } } : world
}
