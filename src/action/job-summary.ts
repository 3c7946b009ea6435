import { appendFileSync } from 'node:fs'
import type { World } from '../commands/world.ts'

/** Appends to the job summary. That it cannot be written changes no verdict: it is a warning. */
export function appendJobSummary(
  path: string | undefined,
  markdown: string,
  ports: { append(path: string, text: string): void; warn(message: string): void },
): void {
  if (!path) return
  try {
    ports.append(path, markdown)
  } catch (error) {
    ports.warn(`The job summary could not be written: ${(error as Error).message}`)
  }
}

/** The same, to the file of the runner. */
export function appendSummary({ environment, sink }: Pick<World, 'environment' | 'sink'>, markdown: string): void {
  appendJobSummary(environment.GITHUB_STEP_SUMMARY, markdown, { append: appendFileSync, warn: sink.warn })
}
