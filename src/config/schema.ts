import { z } from 'zod'
import { RULES } from '../report/finding.ts'
import { parseDuration, parseSize } from './duration.ts'

/** What may stand in `.gitops.yaml`. The descriptions are its documentation and that of its JSON Schema. */
const duration = z
  .string()
  .refine((written) => parseDuration(written) !== undefined, 'must be a duration such as 30s, 15m, 2h or 1d')
  .transform((written) => parseDuration(written) as number)

const size = z
  .union([
    z.number().int().positive(),
    z.string().refine((written) => parseSize(written) !== undefined, 'must be a size such as 64MiB'),
  ])
  .transform((written) => (typeof written === 'number' ? written : (parseSize(written) as number)))

const name = z.string().min(1)
const names = z.array(name)
const glob = z.string().min(1).max(1000)
const kubernetes = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((written) => /^v?\d+\.\d+(?:\.\d+)?$/.test(written), 'must be a Kubernetes version such as "1.34"')

const date = z
  .string()
  .refine((written) => !Number.isNaN(Date.parse(written)), 'must be a date such as 2026-12-24 or a time with a zone')
const period = z.strictObject({
  from: date.describe('First day or moment, UTC.'),
  to: date.describe('Last day or moment, included, UTC.'),
})

/** An environment's folder must be one: not the repository, nothing outside it, no pattern for everything. */
const folder = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith('/') && !path.startsWith('~'), 'must be relative to the repository root')
  .refine((path) => !path.split('/').includes('..'), 'must not leave the repository')
  .refine((path) => !['.', '**', '*'].includes(path), 'must name a folder, not everything')

const window = z.union([
  z.string().min(1),
  z.strictObject({
    cron: z.string().optional().describe('When the window opens, as a cron expression of five fields.'),
    duration: duration.optional().describe('How long it stays open.'),
    days: z.string().optional().describe('Weekdays, such as Mon-Fri.'),
    hours: z.string().optional().describe('Hours of these days, such as 09:00-17:00.'),
    zone: z.string().optional().describe('IANA time zone, such as Europe/Berlin; UTC if absent.'),
  }),
])

export const environmentSchema = z
  .strictObject({
    from: z
      .union([name, z.array(name).min(1), z.strictObject({ any: z.array(name).min(1) })])
      .optional()
      .describe('The environment whose versions come here; a list means all of them, {any: […]} one of them.'),
    merge: z.enum(['manual', 'auto', 'queue']).optional().describe('Who merges the pull request.'),
    soak: duration.optional().describe('How long a version must have stood in the source.'),
    checks: z.union([name, names]).optional().describe('Checks that must have passed on the commit of the source.'),
    health: z.enum(['argocd', 'flux', 'github']).optional().describe('Who says that the source is healthy.'),
    windows: z.array(window).optional().describe('When promotions may be merged.'),
    freeze: z.array(period).optional().describe('When they may not.'),
    path: folder.optional().describe('Where the environment lies, if not where the layout says.'),
    reviewers: names.optional().describe('Who is asked for a review; team:NAME for a team.'),
    labels: names.optional().describe('Labels of the pull request.'),
    kubernetes: kubernetes.optional().describe('Kubernetes minor of the cluster.'),
    cluster: name.optional().describe('The cluster, where several environments share one.'),
  })
  .nullable()

const ruleId = z
  .string()
  .refine((id) => (RULES as readonly string[]).includes(id) || /^policy\/[\w.-]+$/.test(id), 'is no rule')

const rule = z.strictObject({
  severity: z.enum(['error', 'warning', 'off']).describe('What the rule counts for; off silences it.'),
  reason: z.string().trim().min(1, 'must say why').describe('Why; required.'),
  paths: z.array(glob).optional().describe('Only in these files.'),
})

const validate = z.strictObject({
  kubernetes: kubernetes.optional().describe('Kubernetes minor to judge by.'),
  schemas: names.optional().describe('Schema locations, as --schema-location.'),
  skip: names.optional().describe('Kinds not to check.'),
  ignore: z.array(glob).optional().describe('Files not to read.'),
  rules: z.record(ruleId, rule).optional().describe('Rules silenced or weighed otherwise, each with a reason.'),
  policies: names.optional().describe('Folders of ValidatingAdmissionPolicies to judge by.'),
  unvalidated: z.enum(['error', 'warning', 'ignore']).optional().describe('What a resource without a known schema is.'),
  'load-restrictor': z
    .enum(['root-only', 'none'])
    .optional()
    .describe('Whether kustomizations may read files outside their folder.'),
})

const limits = z.strictObject({
  file: size.optional().describe('Bytes of one file (64MiB).'),
  resource: size.optional().describe('Characters of one resource (3MiB).'),
  documents: z.number().int().positive().optional().describe('Documents of one file (100000).'),
  depth: z.number().int().min(1).max(1000).optional().describe('Nested collections (100).'),
  nodes: z.number().int().positive().optional().describe('Nodes of one document, aliases expanded (4000000).'),
  'render-timeout': duration.optional().describe('Time for one source to render (60s).'),
  'render-memory': size.optional().describe('Memory of one engine (1GiB).'),
})

const imagePolicy = z.strictObject({
  semver: z.string().optional().describe('A version range; the highest tag in it is taken.'),
  regex: z.string().max(1000).optional().describe('Tags that count; with order.'),
  order: z.enum(['numeric', 'alphabetical']).optional(),
  newest: z.boolean().optional().describe('The tag built last.'),
  digest: z.boolean().optional().describe('Follow the digest of the same tag.'),
  verify: z.enum(['exists', 'signed']).optional().describe('What must hold of an image before it is proposed.'),
})

const pullRequest = z.strictObject({
  title: z.string().optional(),
  body: z.string().optional(),
  draft: z.boolean().optional(),
  'sign-off': z.boolean().optional(),
  milestone: z.string().optional(),
  'max-open': z.number().int().positive().optional().describe('At most this many open at once.'),
})

const verify = z.strictObject({
  branch: name.optional().describe('The branch that the operator follows.'),
  applications: z
    .array(
      z.strictObject({
        environment: name,
        name,
        namespace: name.optional(),
        project: name.optional(),
        paths: z.array(glob).optional(),
      }),
    )
    .optional(),
  clusters: z.record(name, names).optional().describe('kubeconfig contexts of an environment.'),
  timeout: duration.optional(),
  interval: duration.optional(),
  settle: duration.optional(),
  grace: duration.optional(),
})

export const configSchema = z.strictObject({
  layout: z
    .string()
    .min(1)
    .refine((layout) => layout.includes('{env}'), 'must hold {env}')
    .optional()
    .describe('Where an environment of an application lies, e.g. envs/{env}/{app}.'),
  environments: z.record(name, environmentSchema).optional().describe('The environments and their order.'),
  promote: z
    .array(z.enum(['images', 'charts', 'refs']))
    .optional()
    .describe('What is promoted.'),
  group: z.enum(['app', 'env']).optional().describe('One pull request an application, or one an environment.'),
  hold: z.union([z.boolean(), names]).optional().describe('Applications (or all) that are not promoted.'),
  freeze: z.array(period).optional().describe('When nothing is promoted.'),
  images: z.record(z.string(), imagePolicy).optional().describe("Policies by image repository, or '*'."),
  'pull-request': pullRequest.optional(),
  validate: validate.optional(),
  limits: limits.optional(),
  verify: verify.optional(),
})

/** The configuration as read: durations in milliseconds, sizes in bytes. Everything is optional. */
export type Config = z.output<typeof configSchema>
export type EnvironmentConfig = NonNullable<z.output<typeof environmentSchema>>
