import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Refusal, UsageError } from '../report/failure.ts'
import type { Git } from '../repository/git.ts'
import { decode } from '../yaml/decode.ts'
import { CONFIG_FILE, OTHER_NAMES, refuseMisnamed } from './file-names.ts'
import { readConfig } from './read.ts'
import type { Config } from './schema.ts'

export { CONFIG_FILE, refuseMisnamed }

/** A file given with `--config`, relative to where the command was started. */
export interface NamedConfig {
  file: string
  workingDirectory: string
}

/** @throws UsageError with every fault as `FILE:LINE:COL`. */
export async function readNamedConfig({ file, workingDirectory }: NamedConfig): Promise<Config> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(resolve(workingDirectory, file))
  } catch (error) {
    throw new UsageError(`The configuration ${file} cannot be read; name a file that exists.`, { cause: error })
  }
  return parseConfig(bytes, file)
}

/**
 * The configuration as a revision has it, from Git's objects alone; the defaults where it has none.
 *
 * @throws UsageError with every fault as `.gitops.yaml:LINE:COL`, or where the file is misnamed.
 */
export async function readConfigAt(git: Git, revision: string): Promise<Config> {
  const bytes = await configBytesAt(git, revision)
  if (!bytes) {
    const others = await otherFilesAt(git, revision)
    refuseMisnamed((path) => others.get(path))
  }
  return parseConfig(bytes, CONFIG_FILE)
}

async function otherFilesAt(git: Git, revision: string): Promise<Map<string, Uint8Array>> {
  const listed = await git(['ls-tree', '-z', '--name-only', '--full-tree', revision, '--', ...OTHER_NAMES])
  const files = new Map<string, Uint8Array>()
  for (const path of listed.toString('utf8').split('\0').filter(Boolean)) {
    const shown = await git.try(['cat-file', 'blob', `${revision}:${path}`])
    if (shown.code === 0) files.set(path, shown.stdout)
  }
  return files
}

export async function configBytesAt(git: Git, revision: string): Promise<Uint8Array | undefined> {
  const listed = await git(['ls-tree', '-z', '--full-tree', revision, '--', CONFIG_FILE])
  if (listed.length === 0) return undefined
  const shown = await git.try(['cat-file', 'blob', `${revision}:${CONFIG_FILE}`])
  if (shown.code === 0) return shown.stdout
  throw new Refusal(`The ${CONFIG_FILE} of the base cannot be read; check out with fetch-depth: 2.`)
}

/** @param where is told after each fault: which of several files of this name it is. */
export function parseConfig(bytes: Uint8Array | undefined, name: string, where = ''): Config {
  const decoded = decode(bytes ?? new Uint8Array())
  if (!decoded.ok) throw new UsageError(`${name}:1:1 ${decoded.problem.message}${where}`)
  const reading = readConfig(decoded.text, name)
  if (reading.ok) return reading.config
  const lines = reading.problems.map(({ line, column, message }) => `${name}:${line}:${column} ${message}${where}`)
  throw new UsageError(lines.join('\n'))
}
