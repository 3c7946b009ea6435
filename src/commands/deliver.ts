import { resolve } from 'node:path'
import { Refusal, UsageError } from '../report/failure.ts'
import type { World } from './world.ts'

const WRONG_PATH = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EROFS'])

/**
 * Prints a report, or writes it to the file named by `--output`, relative to the working directory.
 *
 * @throws UsageError where such a file cannot be, Refusal where writing fails
 */
export function deliver(report: string, output: string | undefined, world: World): void {
  if (output === undefined) return world.sink.report(report)
  try {
    world.writeFile(resolve(world.workingDirectory, output), report)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const message = `The report cannot be written to ${output} (${code}); name a file in a folder that exists and can be written to.`
    throw WRONG_PATH.has(code) ? new UsageError(message) : new Refusal(message, { cause: error })
  }
}
