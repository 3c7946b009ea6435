import {
  CONFIG_FILE,
  configBytesAt,
  type NamedConfig,
  parseConfig,
  readNamedConfig,
  refuseMisnamed,
} from '../config/in-force.ts'
import { readConfig } from '../config/read.ts'
import type { Config } from '../config/schema.ts'
import type { Finding } from '../report/finding.ts'
import type { Git } from '../repository/git.ts'
import type { Tree } from '../repository/tree.ts'
import { decode } from '../yaml/decode.ts'

/** The configuration that counts, and what is wrong with the one of the checked tree where that does not count. */
export interface ConfigInForce {
  config: Config
  findings: Finding[]
}

/**
 * Chooses the configuration. With a base, the base's counts: a change must not write its own rules. A broken one in
 * force is a usage error (exit 2); one that is not in force yet is a finding. The base may have a misnamed one, or
 * nobody could ever rename it.
 */
export async function configInForce(
  tree: Tree,
  base: { git: Git; revision: string } | undefined,
  named: NamedConfig | undefined,
): Promise<ConfigInForce> {
  if (named) return { config: await readNamedConfig(named), findings: [] }
  const here = tree.read(CONFIG_FILE)
  if (!here) refuseMisnamed(tree.read)
  if (!base) return { config: parseConfig(here, CONFIG_FILE), findings: [] }
  const there = await configBytesAt(base.git, base.revision)
  const config = parseConfig(there, CONFIG_FILE, ` (in the base ${base.revision.slice(0, 10)})`)
  const unchanged = here && there ? Buffer.compare(here, there) === 0 : here === there
  return { config, findings: unchanged || !here ? [] : faultsOf(here) }
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
