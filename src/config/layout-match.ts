import type { Layout, Part, Segment } from './layout.ts'

/** What a path says by a layout. */
export interface LayoutMatch {
  /** `undefined` where the template has no `{env}`: the path of one environment. */
  env?: string
  /** `undefined` where neither a level nor a literal folder names it: then it is the repository's name. */
  app?: string
  /** Every level by its name, `env` among them. */
  levels: ReadonlyMap<string, string>
  /** The folder or file that the template names. */
  root: string
  /** The rest of the path below it; empty where the path is the root itself. */
  below: string
}

/**
 * Reads the levels off a path: that of the application's folder or file, or of anything below it. Two levels that share
 * a folder name (`{app}-{env}`) are told apart by the known environments, else the environment, or else the first,
 * takes as little as it can.
 */
export function matchLayout(layout: Layout, path: string, environments?: ReadonlySet<string>): LayoutMatch | undefined {
  const names = path.split('/')
  const { segments } = layout
  if (names.length < segments.length) return undefined
  const levels = new Map<string, string>()
  for (const [index, segment] of segments.entries()) {
    if (!matchSegment(segment, names[index] as string, levels, environments)) return undefined
  }
  if (names.length === segments.length && isFileNotLevel(segments.at(-1), names.at(-1))) return undefined
  const env = levels.get('env')
  if (env !== undefined && environments && !environments.has(env)) return undefined
  return {
    ...(env !== undefined && { env }),
    app: applicationOf(layout, levels),
    levels,
    root: names.slice(0, segments.length).join('/'),
    below: names.slice(segments.length).join('/'),
  }
}

/** `kustomization.yaml` beside the applications of `envs/{env}/{app}` is none: such files are named `{app}.yaml`. */
function isFileNotLevel(segment: Segment | undefined, name: string | undefined): boolean {
  if (segment === undefined || !/\.(?:ya?ml|json)$/i.test(name ?? '')) return false
  const last = segment.is === 'named' ? segment.parts.at(-1) : undefined
  return segment.is === 'any' || (last !== undefined && 'level' in last)
}

function matchSegment(
  segment: Segment,
  name: string,
  levels: Map<string, string>,
  environments: ReadonlySet<string> | undefined,
): boolean {
  if (name === '') return false
  if (segment.is === 'any') return true
  // A level that an earlier folder has named is literal from then on.
  const [before, first, between, second, after] = slots(segment.parts, levels)
  if (first === undefined) return name === before
  if (name.length < before.length + after.length || !name.startsWith(before) || !name.endsWith(after)) return false
  const inner = name.slice(before.length, name.length - after.length)
  const split = second === undefined ? [inner] : splitAt(inner, between, first, second, environments)
  if (!split || split.includes('')) return false
  levels.set(first, split[0] as string)
  if (second !== undefined) levels.set(second, split[1] as string)
  return first !== second || split[0] === split[1]
}

type Slots = [before: string, first: string | undefined, between: string, second: string | undefined, after: string]

/** A segment as literal, level, literal, level, literal; known levels have become part of the literals. */
function slots(parts: readonly Part[], known: ReadonlyMap<string, string>): Slots {
  const literals = ['', '', '']
  const open: string[] = []
  for (const part of parts) {
    const text = 'literal' in part ? part.literal : known.get(part.level)
    if (text === undefined) open.push((part as { level: string }).level)
    else literals[open.length] += text
  }
  const [first, second] = open
  const [before = '', between = '', after = ''] = literals
  return second === undefined
    ? [before, first, '', undefined, first === undefined ? '' : between]
    : [before, first, between, second, after]
}

function splitAt(
  text: string,
  separator: string,
  first: string,
  second: string,
  environments: ReadonlySet<string> | undefined,
): [string, string] | undefined {
  const splits: [string, string][] = []
  for (let at = text.indexOf(separator, 1); at > 0; at = text.indexOf(separator, at + 1)) {
    splits.push([text.slice(0, at), text.slice(at + separator.length)])
  }
  const env = first === 'env' ? 0 : second === 'env' ? 1 : undefined
  const known = env === undefined ? undefined : splits.find((split) => environments?.has(split[env] as string))
  return known ?? (env === 1 ? splits.at(-1) : splits[0])
}

/** The contract's rule: the other levels joined with `/`; without any, the last literal folder. */
function applicationOf(layout: Layout, levels: ReadonlyMap<string, string>): string | undefined {
  const named = [...levels].filter(([level]) => level !== 'env').map(([, value]) => value)
  if (named.length > 0) return named.join('/')
  const folders = isFile(layout.segments.at(-1)) ? layout.segments.slice(0, -1) : layout.segments
  return folders.map(literalOf).findLast((name) => name !== undefined)
}

function isFile(segment: Segment | undefined): boolean {
  const last = segment?.is === 'named' ? segment.parts.at(-1) : undefined
  return last !== undefined && 'literal' in last && /\.(?:ya?ml|json)$/i.test(last.literal)
}

function literalOf(segment: Segment): string | undefined {
  const [part, ...more] = segment.is === 'named' ? segment.parts : []
  return part && 'literal' in part && more.length === 0 ? part.literal : undefined
}
