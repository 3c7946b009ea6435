import type * as z from 'zod'
import { environment } from './environment.ts'
import { freezes } from './freeze.ts'
import { type Hold, parseHoldReason, parseHoldTarget } from './hold.ts'
import { imagePolicy } from './image-policy.ts'
import { levelsOf, parseLayout } from './layout.ts'
import { choice, list, mapping, named, read } from './leaf.ts'
import { limits, limitsOf } from './limits.ts'
import { wrong } from './parsed.ts'
import { pullRequest, pullRequestOf } from './pull-request.ts'
import { validation, validationOf } from './validation.ts'
import { verification, verificationOf } from './verification.ts'

const holds = named(read('the reason, and until when', parseHoldReason), 'a mapping from APP@ENVIRONMENT to a reason')

/** `.gitops.yaml`. A key without a value is as good as absent where a mapping or list is expected. */
export const configuration = mapping({
  layout: read('a path template such as envs/{env}/{app}', parseOverallLayout)
    .optional()
    .describe("Where an application's environment is, e.g. envs/{env}/{app}; inferred from the tree when absent."),
  environments: named(environment.nullable(), 'a mapping of environments')
    .nullish()
    .describe('The environments, in order; inferred from the tree when absent.'),
  promote: list(choice(['images', 'charts', 'refs']), 'a list such as [images, charts]')
    .min(1, 'must list images, charts or refs')
    .nullish()
    .describe('What is promoted: images (the default), chart versions, Git refs.'),
  group: choice(['app', 'env'])
    .optional()
    .describe('One pull request for each application, or for each environment (when more than ten are due at once).'),
  hold: holds
    .nullish()
    .describe('What is not promoted, and why: { web@prod: waits for the migration until 2026-10-01 }.'),
  freeze: freezes.describe('Days without any promotion.'),
  images: named(imagePolicy, "a mapping from image repositories (or '*') to policies")
    .nullish()
    .describe("Policies for images by repository, or '*' for all others."),
  'pull-request': pullRequest.nullish().describe('How pull requests look.'),
  validate: validation.nullish().describe('How validate judges.'),
  limits: limits.nullish().describe('How much input is read before it is refused.'),
  verify: verification.nullish().describe('How verify looks and waits.'),
})
  .transform((given) => ({
    layout: given.layout,
    /** In the order of the file; `undefined` where they are to be inferred. */
    environments: given.environments
      ? new Map([...given.environments].map(([name, value]) => [name, value ?? BARE]))
      : undefined,
    promote: given.promote ?? ['images' as const],
    /** `undefined`: by application, by environment when more than ten are due at once. */
    group: given.group,
    hold: holdsOf(given.hold ?? new Map()),
    freeze: given.freeze,
    images: given.images ?? new Map<string, z.output<typeof imagePolicy>>(),
    pullRequest: pullRequestOf(given['pull-request'] ?? {}),
    validate: validationOf(given.validate ?? validation.parse({})),
    limits: limitsOf(given.limits ?? {}),
    verify: verificationOf(given.verify ?? verification.parse({})),
  }))
  .describe('Configuration of the gitops actions and command line.')

/** The configuration in force, with defaults in place. Durations are milliseconds, instants milliseconds in UTC. */
export interface Config extends z.output<typeof configuration> {}

function parseOverallLayout(text: string) {
  const layout = parseLayout(text)
  return layout.ok && !levelsOf(layout.value).includes('env') ? wrong('must have {env} in it') : layout
}

const BARE = environment.parse({})

/** Keys that name nothing have been refused by `names.ts`. */
function holdsOf(given: ReadonlyMap<string, Omit<Hold, 'app' | 'environment'>>): Hold[] {
  return [...given].flatMap(([key, reason]) => {
    const target = parseHoldTarget(key)
    return target.ok ? [{ ...target.value, ...reason }] : []
  })
}

/** What holds where there is no configuration. */
export const DEFAULT_CONFIG: Config = configuration.parse({})
