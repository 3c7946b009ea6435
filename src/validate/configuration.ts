import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { readConfig } from '../config/read.ts'
import type { Config } from '../config/schema.ts'
import { Refusal, UsageError } from '../report/failure.ts'
import type { Finding } from '../report/finding.ts'
import type { Git } from '../repository/git.ts'
import type { Tree } from '../repository/tree.ts'
import { decode } from '../yaml/decode.ts'

export const CONFIG_FILE = '.gitops.yaml'

/** The configuration that counts, and what is wrong with the one of the checked tree where that does not count. */
export interface ConfigInForce {
  config: Config
  findings: Finding[]
}

/**
 * Chooses the configuration. With a base, the base's counts: a change must not write its own rules. A broken one in
 * force is a usage error (exit 2); one that is not in force yet is a finding.
 */
export async function configInForce(
  tree: Tree,
  base: { git: Git; revision: string } | undefined,
  named: { file: string; workingDirectory: string } | undefined,
): Promise<ConfigInForce> {
  if (named) return { config: inForce(await readNamed(named), named.file), findings: [] }
  const here = tree.read(CONFIG_FILE)
  if (!base) return { config: inForce(textOf(here), CONFIG_FILE), findings: [] }
  const there = await readFromBase(base)
  const config = inForce(textOf(there), CONFIG_FILE, ` (in the base ${base.revision.slice(0, 10)})`)
  const unchanged = here && there ? Buffer.compare(here, there) === 0 : here === there
  return { config, findings: unchanged || !here ? [] : faultsOf(here) }
}

async function readNamed({ file, workingDirectory }: { file: string; workingDirectory: string }): Promise<string> {
  try {
    return textOf(await readFile(resolve(workingDirectory, file))) ?? ''
  } catch (error) {
    throw new UsageError(`The configuration ${file} cannot be read; name a file that exists.`, { cause: error })
  }
}

async function readFromBase({ git, revision }: { git: Git; revision: string }): Promise<Uint8Array | undefined> {
  const listed = await git(['ls-tree', '-z', '--full-tree', revision, '--', CONFIG_FILE])
  if (listed.length === 0) return undefined
  const shown = await git.try(['cat-file', 'blob', `${revision}:${CONFIG_FILE}`])
  if (shown.code === 0) return shown.stdout
  throw new Refusal(`The ${CONFIG_FILE} of the base cannot be read; check out with fetch-depth: 2.`)
}

function inForce(text: string | undefined, name: string, where = ''): Config {
  const reading = readConfig(text ?? '', name)
  if (reading.ok) return reading.config
  const lines = reading.problems.map(({ line, column, message }) => `${name}:${line}:${column} ${message}${where}`)
  throw new UsageError(lines.join('\n'))
}

function faultsOf(bytes: Uint8Array): Finding[] {
  const decoded = decode(bytes)
  if (!decoded.ok) {
    const { message } = decoded.problem
    return [{ rule: 'config/invalid', severity: 'error', message, file: CONFIG_FILE, line: 1, column: 1 }]
  }
  const reading = readConfig(decoded.text, CONFIG_FILE)
  if (reading.ok) return []
  return reading.problems.map(({ message, ...place }) => ({
    rule: 'config/invalid',
    severity: 'error',
    message,
    ...place,
  }))
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (!bytes) return undefined
  const decoded = decode(bytes)
  if (decoded.ok) return decoded.text
  throw new UsageError(`${CONFIG_FILE}: ${decoded.problem.message}`)
}
