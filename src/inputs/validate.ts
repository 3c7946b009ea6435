import { parseGlob } from '../config/glob.ts'
import { UsageError } from '../report/failure.ts'
import type { ValidateInputs } from '../validate/inputs.ts'
import { type Flag, type Given, isOn, list, text } from './flag.ts'

export const VALIDATE_FORMATS = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab'] as const

/** The flags of `validate`, which are also the inputs of the action. */
export const VALIDATE_FLAGS: readonly Flag[] = [
  { name: 'kubernetes-version', value: 'X.Y', help: 'Kubernetes minor to judge by (default: the newest known)' },
  {
    name: 'schema-location',
    value: 'TEMPLATE',
    list: true,
    help: "where more schemas are, as kubeconform's templates; a file path or URL",
  },
  { name: 'skip', value: 'KIND', list: true, help: 'kinds not to check: Kind or apiVersion/Kind' },
  { name: 'ignore', value: 'GLOB', list: true, help: 'files not to read' },
  { name: 'base', value: 'REV', help: 'only what is new since this revision decides; its configuration counts' },
  {
    name: 'fail-on',
    value: 'WHAT',
    choices: ['error', 'warning', 'never'],
    help: 'exit 1 on errors (default), also on warnings, or never',
  },
  {
    name: 'unvalidated',
    value: 'WHAT',
    choices: ['error', 'warning', 'ignore'],
    help: 'what a resource without a known schema is (default: warning)',
  },
  { name: 'allow-empty', help: 'finding nothing to check is fine' },
  {
    name: 'renderer',
    value: 'WHICH',
    choices: ['embedded', 'native'],
    help: 'render with what is inside (default), or with kustomize and helm from PATH',
  },
  { name: 'allow-remote', help: 'let the native renderer fetch remote bases and charts' },
  {
    name: 'depth',
    value: 'HOW',
    choices: ['api', 'schema'],
    help: "how deep to judge: schema, by the schemas of the kinds (default); api, also by the API server's own rules, is not in this version and ends with exit code 2",
  },
  { name: 'shard', value: 'I/N', help: 'check the I-th of N parts' },
]

/** Reads and checks the inputs. Contradictions are usage errors that name both remedies. */
export function readValidateInputs(given: Given, paths: readonly string[]): ValidateInputs {
  const renderer = (text(given, 'renderer') ?? 'embedded') as ValidateInputs['renderer']
  const allowRemote = isOn(given, 'allow-remote')
  if (allowRemote && renderer !== 'native') {
    throw new UsageError(
      '--allow-remote needs --renderer native: the embedded renderer has no network. Add it, or leave --allow-remote out.',
    )
  }
  const depth = text(given, 'depth') ?? 'schema'
  if (depth === 'api') {
    throw new UsageError(
      "--depth api is not available in this version: the API server's own rules are not inside yet. Use --depth schema.",
    )
  }
  if (paths.includes('-') && paths.length > 1) {
    throw new UsageError('Standard input (-) cannot be mixed with other paths; validate them in two runs.')
  }
  return {
    paths: paths.length > 0 ? paths : ['.'],
    config: text(given, 'config'),
    kubernetesVersion: text(given, 'kubernetes-version'),
    schemaLocations: list(given, 'schema-location'),
    skip: list(given, 'skip'),
    ignore: readGlobs(list(given, 'ignore')),
    base: text(given, 'base'),
    failOn: (text(given, 'fail-on') ?? 'error') as ValidateInputs['failOn'],
    unvalidated: text(given, 'unvalidated') as ValidateInputs['unvalidated'],
    allowEmpty: isOn(given, 'allow-empty'),
    renderer,
    allowRemote,
    depth: 'schema',
    shard: readShard(text(given, 'shard')),
  }
}

function readGlobs(globs: readonly string[]): readonly string[] {
  for (const glob of globs) {
    const parsed = parseGlob(glob)
    if (!parsed.ok) throw new UsageError(`--ignore ${parsed.problem}, not ${JSON.stringify(glob)}.`)
  }
  return globs
}

function readShard(written: string | undefined): ValidateInputs['shard'] {
  if (written === undefined) return undefined
  const match = /^([1-9]\d*)\/([1-9]\d*)$/.exec(written)
  const [index, count] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || index > count)
    throw new UsageError(`--shard must be I/N with 1 ≤ I ≤ N, such as 2/4, not ${JSON.stringify(written)}.`)
  return { index, count }
}
