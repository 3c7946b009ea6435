import type { Layout } from './layout.ts'
import { type LayoutMatch, matchLayout } from './layout-match.ts'
import type { Config } from './schema.ts'

type Mapped = Pick<Config, 'layout' | 'environments'>

/** An application in an environment, found by the place of a file. */
export interface Application extends Omit<LayoutMatch, 'env'> {
  environment: string
}

/**
 * Which application, in which environment, a path belongs to: by the `path` of an environment, else by `layout`. Where
 * several fit, the one that says most literally wins.
 */
export function applicationAt(config: Mapped, path: string): Application | undefined {
  for (const { layout, environment } of templatesOf(config)) {
    const match = matchLayout(layout, path, namesOf(config))
    const name = environment ?? match?.env
    if (!match || name === undefined) continue
    const { env: _, ...rest } = match
    return { environment: name, ...rest }
  }
  return undefined
}

/** Which environment a path belongs to, even if to no single application of it (`envs/prod/kustomization.yaml`). */
export function environmentAt(config: Mapped, path: string): string | undefined {
  for (const { layout, environment } of templatesOf(config)) {
    const segments = layout.segments.slice(0, reach(layout))
    const match = matchLayout({ ...layout, segments }, path, namesOf(config))
    if (match) return environment ?? match.env
  }
  return undefined
}

function namesOf({ environments }: Mapped): ReadonlySet<string> | undefined {
  return environments && new Set(environments.keys())
}

/** The templates in force, the most literal first; `environment` where one speaks of a single environment. */
function templatesOf({ layout, environments }: Mapped): { layout: Layout; environment?: string }[] {
  const own = [...(environments ?? [])].flatMap(([environment, { path }]) =>
    path ? [{ layout: path, environment }] : [],
  )
  const templates = layout ? [...own, { layout }] : own
  return templates.sort((a, b) => literals(b.layout) - literals(a.layout))
}

function literals({ segments }: Layout): number {
  return segments.filter((segment) => segment.is === 'named' && segment.parts.every((part) => 'literal' in part)).length
}

/** How many segments say which environment it is: up to `{env}`, else to the last that is literal. */
function reach({ segments }: Layout): number {
  const says = (has: (part: object) => boolean) =>
    segments.findLastIndex((segment) => segment.is === 'named' && segment.parts.some(has)) + 1
  return says((part) => 'level' in part && part.level === 'env') || says((part) => 'literal' in part) || 1
}
