import { UsageError } from '../report/failure.ts'
import { decode } from '../yaml/decode.ts'
import { readYaml } from '../yaml/read.ts'
import { CONFIG_LIMITS } from './limits.ts'

export const CONFIG_FILE = '.gitops.yaml'

/** Nothing but this program would have a file of this name. */
const OURS = '.gitops.yml'

/** What a configuration is called by habit. The second half may be of another program. */
export const OTHER_NAMES: readonly string[] = [
  OURS,
  'gitops.yaml',
  'gitops.yml',
  '.github/gitops.yaml',
  '.github/gitops.yml',
  '.github/.gitops.yaml',
  '.github/.gitops.yml',
]

const TELLING = ['layout', 'environments', 'promote', 'validate']

/**
 * Refuses a configuration of another name where there is none of the right one: its gates would not hold, and nobody
 * would know.
 *
 * @param read the bytes of a file, if there is such a file.
 * @throws UsageError
 */
export function refuseMisnamed(read: (path: string) => Uint8Array | undefined): void {
  for (const name of OTHER_NAMES) {
    const bytes = read(name)
    if (bytes && (name === OURS || isConfiguration(bytes)))
      throw new UsageError(`Found ${name}; the configuration is named ${CONFIG_FILE}: rename it.`)
  }
}

function isConfiguration(bytes: Uint8Array): boolean {
  const decoded = decode(bytes)
  if (!decoded.ok || decoded.text.length > CONFIG_LIMITS.file) return false
  return readYaml(decoded.text, CONFIG_LIMITS).documents.some(({ value }) => hasTellingKey(value))
}

/** A Kubernetes object says what it is. */
function hasTellingKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.hasOwn(value, 'apiVersion'))
    return false
  return TELLING.some((key) => Object.hasOwn(value, key))
}
