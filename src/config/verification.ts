import type * as z from 'zod'
import { duration, form, list, mapping, maybeList, named, text } from './leaf.ts'
import { repositoryPath } from './repository-path.ts'

const SECOND = 1000

/** What Git allows as a branch, and nothing that an argument list could take for a flag. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Git refuses control characters, and so does this
const NOT_A_BRANCH = /^[-/.]|[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|[/.]$|\.lock$/

const name = (what: string) => form(what, (name) => name.trim() !== '' && !name.includes('://'))

const application = mapping({
  environment: text('an environment').describe('The environment it belongs to.'),
  name: name('the name of an Argo CD Application or Flux object').describe("The operator's name for it."),
  namespace: text('a namespace').optional().describe('Namespace of that object.'),
  project: text('an Argo CD project').optional().describe('Its Argo CD project.'),
  paths: maybeList(repositoryPath(), 'a list of folders').describe(
    'Folders that it deploys, where they cannot be read from it.',
  ),
})

/** An application that an operator runs, where it cannot be found by itself. */
export interface VerifiedApplication extends z.output<typeof application> {}

/** How `verify` looks and waits. Where the operators are and how to log in never stands in a file. */
export const verification = mapping({
  branch: form('the name of a branch', (branch) => branch !== '' && !NOT_A_BRANCH.test(branch))
    .optional()
    .describe('The branch that the operators follow; the default branch otherwise.'),
  applications: maybeList(application, 'a list of { environment, name }').describe(
    'Applications that cannot be found by repository and path.',
  ),
  clusters: named(
    list(name('a kubeconfig context, not an address'), 'a list of kubeconfig contexts'),
    'a mapping from environments to contexts',
  )
    .nullish()
    .describe('The kubeconfig contexts of each environment.'),
  timeout: duration(SECOND).optional().describe('How long to wait (15m).'),
  interval: duration(100).optional().describe('How often to look (10s).'),
  settle: duration().optional().describe('How long success must hold (5s).'),
  grace: duration().optional().describe('How long a failing state lasts before it is final (60s).'),
})

export function verificationOf(given: z.output<typeof verification>) {
  return {
    branch: given.branch,
    applications: given.applications,
    clusters: given.clusters ?? new Map<string, string[]>(),
    timeout: given.timeout ?? 900 * SECOND,
    interval: given.interval ?? 10 * SECOND,
    settle: given.settle ?? 5 * SECOND,
    grace: given.grace ?? 60 * SECOND,
  }
}
