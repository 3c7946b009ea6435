import { cut } from '../report/cut.ts'
import type { Promotion } from './plan.ts'

const LONGEST = 120
/** What GitHub makes no reference, mention or markup of. */
const PLAIN = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/
/** A digest's first digits tell it from another. */
const DIGEST = /^[a-z0-9+._-]+:([0-9a-f]{12})[0-9a-f]+$/

/**
 * The title of a pull request: application, environment and version, in at most 120 characters. Names that could be more
 * than text are left out.
 *
 * @param template of the configuration; `{app}`, `{env}`, `{from}` and `{version}` are filled in.
 */
export function titleOf(promotions: readonly Promotion[], environment: string, template?: string): string {
  const text =
    template === undefined ? defaultTitle(promotions, environment) : fillTemplate(template, promotions, environment)
  return cut(text.replace(/\s+/g, ' ').trim(), LONGEST)
}

/** The title of a rollback's pull request. The template is of promotions, and would say the opposite. */
export function rollbackTitle(promotion: Promotion): string {
  const { app, env, version } = wordsOf([promotion], promotion.to)
  return cut(`Roll back ${app} in ${env}${version === '' ? '' : ` to ${version}`}`, LONGEST)
}

/** Fills `{app}`, `{env}`, `{from}` and `{version}` in; what else stands in braces stays. */
export function fillTemplate(template: string, promotions: readonly Promotion[], environment: string): string {
  const words = wordsOf(promotions, environment)
  return template.replace(/\{(app|env|from|version)\}/g, (_, word: keyof typeof words) => words[word])
}

function defaultTitle(promotions: readonly Promotion[], environment: string): string {
  const { app, env, version } = wordsOf(promotions, environment)
  return `Promote ${app} to ${env}${version === '' ? '' : `: ${version}`}`
}

function wordsOf(promotions: readonly Promotion[], environment: string) {
  return {
    app: appsOf(promotions),
    env: plain(environment) ?? 'the next environment',
    from: listed([...new Set(promotions.flatMap(({ from }) => from))]) ?? 'its source',
    version: versionsOf(promotions),
  }
}

function appsOf(promotions: readonly Promotion[]): string {
  const apps = [...new Set(promotions.map(({ app }) => app))]
  if (apps.length === 1) return plain(apps[0] as string) ?? 'an application'
  const all = listed(apps)
  return all !== undefined && all.length <= 50 ? all : `${apps.length} applications`
}

function versionsOf(promotions: readonly Promotion[]): string {
  const changes = promotions.flatMap(({ changes }) => changes)
  const named = changes.filter(({ target }) => target.kind !== 'digest')
  const versions = [...new Set((named.length > 0 ? named : changes).map((change) => change.new))]
  const all = listed(versions.map((version) => version.replace(DIGEST, '$1')))
  if (all !== undefined && all.length <= 70) return all
  return versions.length > 1 ? `${versions.length} versions` : ''
}

function listed(names: readonly string[]): string | undefined {
  return names.length > 0 && names.every((name) => plain(name) !== undefined) ? names.join(', ') : undefined
}

function plain(name: string): string | undefined {
  return PLAIN.test(name) ? name : undefined
}
