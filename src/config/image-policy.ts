import { RE2JS } from 're2js'
import { validRange } from 'semver'
import * as z from 'zod'
import { normalizedName } from '../image/reference.ts'
import { isTag } from '../image/tag.ts'
import { choice, form, mapping, read } from './leaf.ts'
import { right, wrong } from './parsed.ts'

const METHODS = ['semver', 'regex', 'newest', 'digest'] as const
const LONGEST_PATTERN = 1000
const LONGEST_RANGE = 256

const tagPattern = read('a regular expression (RE2)', (source) => {
  if (source === '' || source.length > LONGEST_PATTERN) {
    return wrong(`must be a regular expression (RE2) of 1 to ${LONGEST_PATTERN} characters`)
  }
  try {
    return right(RE2JS.compile(source))
  } catch {
    return wrong('must be a regular expression that RE2 understands: without look-around and back-references')
  }
})

/** Which tag of an image `update` chooses, and what must be true of it before anything proposes it. */
export const imagePolicy = mapping({
  semver: form('a range of versions such as ">=1.2.0 <2.0.0"', isRange)
    .optional()
    .describe('The highest version within this range, e.g. ^1.4.0.'),
  regex: tagPattern
    .optional()
    .describe('Only tags in which this RE2 expression is found; its first group, if any, is what is ordered.'),
  order: choice(['numeric', 'alphabetical']).optional().describe('How what regex found is ordered; the last wins.'),
  newest: z.literal(true, 'must be true').optional().describe('The tag that was built last.'),
  digest: z
    .union([z.literal(true), form('a tag', isTag)], 'must be true or a tag')
    .optional()
    .describe('The newest digest of this tag, or (true) of the tag that is written.'),
  verify: choice(['exists', 'signed'])
    .optional()
    .describe('exists: the registry has it; signed: it also has a signature. Holds for promotions too.'),
})
  .refine((policy) => given(policy).length < 2, {
    message: 'must have only one of semver, regex, newest and digest',
    when: ({ value }) => isMapping(value),
  })
  .refine((policy) => (policy.regex === undefined) === (policy.order === undefined), {
    message: 'must have regex and order together',
    when: ({ value }) => isMapping(value),
  })

export interface ImagePolicy extends z.output<typeof imagePolicy> {}

/** The policy for an image repository: its own, else that of the longest `prefix/*` around it, else that of `*`. */
export function imagePolicyFor(
  policies: ReadonlyMap<string, ImagePolicy>,
  repository: string,
): ImagePolicy | undefined {
  const name = normalizedName(repository)
  let found: { policy: ImagePolicy; length: number } | undefined
  for (const [key, policy] of policies) {
    const length = covers(key, name)
    if (length !== undefined && length > (found?.length ?? -1)) found = { policy, length }
  }
  return found?.policy
}

/** How much of the name a key says, or `undefined` where it says another. */
function covers(key: string, name: string): number | undefined {
  if (key === '*') return 0
  if (!key.endsWith('/*')) return normalizedName(key) === name ? Number.POSITIVE_INFINITY : undefined
  const prefix = prefixOf(key)
  return name.startsWith(prefix) ? prefix.length : undefined
}

/** `acme/*` is below Docker Hub, as `acme/web` is. */
function prefixOf(key: string): string {
  return normalizedName(`${key.slice(0, -1)}x`).slice(0, -1)
}

function isRange(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_RANGE && validRange(text) !== null
}

function given(policy: object): string[] {
  return METHODS.filter((method) => Object.hasOwn(policy, method))
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
