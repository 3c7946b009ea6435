import * as z from 'zod'
import { freezes } from './freeze.ts'
import { kubernetesVersion } from './kubernetes-version.ts'
import { parseLayout } from './layout.ts'
import { choice, duration, form, list, mapping, maybeList, read, text } from './leaf.ts'
import { parseWindow, WINDOW_FORMS } from './window.ts'

const PERSON = /^(?:team:)?[A-Za-z0-9][A-Za-z0-9._-]*(?:\[bot\])?$/
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\[bot\])?$/
const LONGEST_LABEL = 50

const person = form('a login, or team:NAME', (name) => PERSON.test(name), PERSON)
const login = form('a login', (name) => LOGIN.test(name), LOGIN)

const name = text('the name of an environment')
const names = list(name, 'a list of environments').min(1, 'must name an environment')

const edge = z.union(
  [name, names, mapping({ any: names })],
  'must be an environment, a list of environments (all of them), or { any: [...] }',
)

/** Where versions come from: every environment listed must have a version, or any of them. */
export interface Sources {
  need: 'all' | 'any'
  environments: readonly string[]
}

function sourcesOf(from: z.output<typeof edge>): Sources {
  if (typeof from === 'string') return { need: 'all', environments: [from] }
  return Array.isArray(from) ? { need: 'all', environments: from } : { need: 'any', environments: from.any }
}

/** One environment of the promotion graph. */
export const environment = mapping({
  from: edge
    .transform(sourcesOf)
    .optional()
    .describe('Where versions come from: one environment, a list (all of them must have it), or { any: [...] }.'),
  merge: choice(['manual', 'auto', 'queue'])
    .default('manual')
    .describe('Who merges: people (manual), GitHub when its checks pass (auto), or the merge queue (queue).'),
  soak: duration().optional().describe('How long a version must have been in its source, e.g. 2h.'),
  checks: maybeList(text('the name of a check'), 'a list such as [e2e]').describe(
    "Checks and commit statuses that must have succeeded on the source's commit.",
  ),
  health: choice(['argocd', 'flux', 'github']).optional().describe('Who must report the source healthy.'),
  windows: maybeList(read(WINDOW_FORMS, parseWindow), 'a list of windows').describe(
    'When promotion is allowed; outside all of them it waits. Times are UTC unless a time zone is named.',
  ),
  freeze: freezes.describe('Days without promotion to this environment, beside those of the top level.'),
  path: read('a path template such as clusters/production/{app}', parseLayout)
    .optional()
    .describe('Where the applications of this environment are, instead of layout.'),
  reviewers: maybeList(person, 'a list such as [octocat, team:platform]').describe(
    'Who is asked to review: logins, and teams as team:NAME.',
  ),
  assignees: maybeList(login, 'a list of logins').describe('Who is assigned to the pull requests: logins.'),
  labels: maybeList(form('a label of at most 50 characters', isLabel), 'a list of labels').describe(
    'Labels of the pull requests.',
  ),
  kubernetes: kubernetesVersion().optional().describe('Kubernetes minor that judges this environment, e.g. "1.34".'),
  cluster: form('the name of a cluster, not its address', (name) => name.trim() !== '' && !name.includes('://'))
    .optional()
    .describe('Name of the cluster that this environment runs in.'),
})

export interface Environment extends z.output<typeof environment> {}

function isLabel(text: string): boolean {
  return text.trim() !== '' && text.length <= LONGEST_LABEL
}
