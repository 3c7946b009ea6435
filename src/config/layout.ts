/** What a layout makes of a path. */
export interface LayoutMatch {
  env: string
  /** The non-environment levels joined with `/`; without any, the last literal folder. */
  app: string | undefined
  levels: ReadonlyMap<string, string>
  /** The part of the path that the layout describes. */
  folder: string
}

/**
 * Matches a path, or a path below it, against a layout template: `{env}`, `{app}`, further named levels, `*` for one
 * segment, all else literal.
 */
export function matchLayout(layout: string, path: string): LayoutMatch | undefined {
  const template = layout.split('/').filter(Boolean)
  const segments = path.split('/').filter(Boolean)
  if (segments.length < template.length) return undefined
  const levels = new Map<string, string>()
  for (const [index, part] of template.entries()) {
    if (!matchSegment(part, segments[index] as string, levels)) return undefined
  }
  const env = levels.get('env')
  if (env === undefined) return undefined
  const named = [...levels].filter(([level]) => level !== 'env').map(([, value]) => value)
  const literal = template.findLast((part) => !/[{*]/.test(part))
  const folder = segments.slice(0, template.length).join('/')
  return { env, app: named.length > 0 ? named.join('/') : literal, levels, folder }
}

/** A segment may mix text and one level, as in `values-{env}.yaml`. */
function matchSegment(part: string, segment: string, levels: Map<string, string>): boolean {
  if (part === '*') return true
  const level = /^(.*)\{([\w-]+)\}(.*)$/.exec(part)
  if (!level) return part === segment
  const [, before = '', name = '', after = ''] = level
  if (!segment.startsWith(before) || !segment.endsWith(after)) return false
  const value = segment.slice(before.length, segment.length - after.length)
  if (value === '' || (levels.get(name) ?? value) !== value) return false
  levels.set(name, value)
  return true
}
