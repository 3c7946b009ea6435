import type { Layout } from './layout.ts'
import { type LayoutMatch, matchLayout } from './layout-match.ts'
import type { Config } from './schema.ts'

/** An application in an environment, found by the place of a file. */
export interface Application extends Omit<LayoutMatch, 'env'> {
  environment: string
}

/** Says what a path of the repository belongs to. */
export interface LayoutMap {
  applicationAt(path: string): Application | undefined
  /** Also where a path belongs to no single application of the environment: `envs/prod/kustomization.yaml`. */
  environmentAt(path: string): string | undefined
}

interface Template {
  layout: Layout
  /** The environment it is the `path` of. */
  environment?: string
}

/**
 * Maps paths by the `path` of each environment that has one, and by `layout` for all others. Where several fit, the one
 * that says most literally counts.
 */
export function mapByLayout({ layout, environments }: Pick<Config, 'layout' | 'environments'>): LayoutMap {
  const own = [...(environments ?? [])].flatMap(([environment, { path }]) =>
    path ? [{ layout: path, environment }] : [],
  )
  const elsewhere = new Set(own.map(({ environment }) => environment))
  const names = environments && new Set([...environments.keys()].filter((name) => !elsewhere.has(name)))
  const templates: Template[] = layout ? [...own, { layout }] : own
  templates.sort((a, b) => literals(b.layout) - literals(a.layout))
  const heads = templates.map((template) => ({ ...template, layout: headOf(template.layout) }))

  function find(among: readonly Template[], path: string): Application | undefined {
    for (const { layout, environment } of among) {
      // An environment's own path may hold {env} too, which then is a level like any other.
      const match = matchLayout(layout, path, environment === undefined ? names : undefined)
      const name = environment ?? match?.env
      if (!match || name === undefined) continue
      const { env: _, ...rest } = match
      return { environment: name, ...rest }
    }
    return undefined
  }

  return {
    applicationAt: (path) => find(templates, path),
    environmentAt: (path) => find(heads, path)?.environment,
  }
}

function literals({ segments }: Layout): number {
  return segments.filter((segment) => segment.is === 'named' && segment.parts.every((part) => 'literal' in part)).length
}

/** The part of a template that says which environment it is: up to `{env}`, else to the last literal. */
function headOf({ text, segments }: Layout): Layout {
  const lastWith = (has: (part: object) => boolean) =>
    segments.findLastIndex((segment) => segment.is === 'named' && segment.parts.some(has)) + 1
  const reach = lastWith((part) => 'level' in part && part.level === 'env') || lastWith((part) => 'literal' in part)
  return { text, segments: segments.slice(0, reach || 1) }
}
