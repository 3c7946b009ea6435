import type * as z from 'zod'
import { anyGlob, parseGlob } from './glob.ts'
import { kubernetesVersion } from './kubernetes-version.ts'
import { choice, form, list, mapping, maybeList, named, read, text } from './leaf.ts'
import { right, wrong } from './parsed.ts'
import { RULE_NAMES } from './rule-name.ts'

const GLOB = 'a path or glob such as apps/**/*.yaml'
const GLOBS = 'a list of paths or globs'
const SCHEMA_LOCATION = 'default, a path in the repository, or a URL'
const KIND = /^(?:[a-z0-9.-]+\/){0,2}[A-Z][A-Za-z0-9]*$/

const glob = () =>
  read(GLOB, (written) => {
    const parsed = parseGlob(written)
    return parsed.ok ? right(written) : parsed
  })

const kind = form('a kind such as Secret or monitoring.coreos.com/v1/ServiceMonitor', (name) => KIND.test(name), KIND)

const ruleSetting = mapping({
  severity: choice(['error', 'warning', 'off']).describe('What the rule weighs; off silences it.'),
  reason: text('text that says why').describe('Why. Without a reason nothing is silenced or changed.'),
  paths: list(glob(), GLOBS).optional().describe('Only in these files (globs); without it, everywhere.'),
}).transform(({ severity, reason, paths }) => ({
  severity,
  reason,
  /** Whether it holds in a file. */
  covers: paths ? anyGlob(paths) : () => true,
}))

/** How a rule is to be taken, and where. */
export interface RuleSetting extends z.output<typeof ruleSetting> {}

/** How `validate` judges. */
export const validation = mapping({
  kubernetes: kubernetesVersion()
    .optional()
    .describe('Kubernetes minor to judge by, e.g. "1.34"; the newest known otherwise.'),
  schemas: maybeList(read(SCHEMA_LOCATION, parseSchemaLocation), 'a list of schema locations').describe(
    "Where more schemas are, as kubeconform's templates: paths in the repository, or URLs.",
  ),
  skip: maybeList(kind, 'a list of kinds').describe('Kinds not to check: Kind or apiVersion/Kind.'),
  ignore: maybeList(glob(), GLOBS).describe('Files and folders not to read (globs).'),
  rules: named(ruleSetting, 'a mapping from rules to { severity, reason }', RULE_NAMES)
    .nullish()
    .describe('Rules that are silenced or weigh differently, each with a reason.'),
  policies: maybeList(glob(), GLOBS).describe('Files that hold your own policies (globs).'),
  unvalidated: choice(['error', 'warning', 'ignore'])
    .optional()
    .describe('What a resource without a known schema is (warning).'),
  'load-restrictor': choice(['root-only', 'none'])
    .optional()
    .describe('Whether kustomizations may read files outside their folder (root-only: no, as kustomize itself).'),
})

export function validationOf(given: z.output<typeof validation>) {
  return {
    kubernetes: given.kubernetes,
    schemas: given.schemas,
    skip: given.skip,
    ignore: given.ignore,
    rules: given.rules ?? new Map<string, RuleSetting>(),
    policies: given.policies,
    unvalidated: given.unvalidated ?? 'warning',
    loadRestrictor: given['load-restrictor'] ?? 'root-only',
  }
}

/** A location may be a template: `schemas/{{.Group}}/{{.ResourceKind}}.json`. */
function parseSchemaLocation(location: string) {
  if (/^https?:\/\//i.test(location)) {
    const host = location.replace(/^https?:\/\//i, '').split('/')[0] as string
    return host === '' || host.includes('@') ? wrong('must be a URL without a user or password') : right(location)
  }
  const isOutside = /^[/~]|\\/.test(location) || location.split('/').includes('..') || location.includes('://')
  return location.trim() === '' || isOutside ? wrong(`must be ${SCHEMA_LOCATION}`) : right(location)
}
