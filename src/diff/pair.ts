import { comparePaths } from '../repository/tree.ts'
import { identityOf, type RenderedResource } from './resource.ts'

/** A resource on both sides, or on one. */
export interface Pair {
  before?: RenderedResource
  after?: RenderedResource
}

/** What kustomize appends to the names of what it generates (`api/hasher`), and other generators to theirs. */
const SUFFIX = /-(?:[bcdfghkmt2456789]{10}|(?=[a-f]*\d)[0-9a-f]{6,64})$/

/**
 * Pairs the resources of one source by what they are called; one of a generator whose suffix changed, with the only
 * other of its kind that is called the same without it. Sorted by kind, group, namespace and name.
 */
export function pairResources(before: readonly RenderedResource[], after: readonly RenderedResource[]): Pair[] {
  const { pairs, gone, fresh } = pairBy(before, after, identityOf)
  const bySuffix = pairBy(gone, fresh, (resource) => identityOf({ ...resource, name: stem(resource.name) }), isOnly)
  const alone = [...bySuffix.gone.map((before) => ({ before })), ...bySuffix.fresh.map((after) => ({ after }))]
  const all: Pair[] = [...pairs, ...bySuffix.pairs, ...alone]
  return all.sort((a, b) => comparePaths(sortKey(a), sortKey(b)))
}

function stem(name: string): string {
  return name.replace(SUFFIX, '-')
}

function sortKey({ before, after }: Pair): string {
  return identityOf((after ?? before) as RenderedResource)
}

type Side = readonly RenderedResource[]

function isOnly(before: Side, after: Side): boolean {
  return before.length === 1 && after.length === 1 && endsInHash(before) && endsInHash(after)
}

function endsInHash([resource]: Side): boolean {
  return resource !== undefined && SUFFIX.test(resource.name)
}

/** Several of one key, which `generateName` makes, are paired in order. */
function pairBy(
  before: Side,
  after: Side,
  keyOf: (resource: RenderedResource) => string,
  mayPair: (before: Side, after: Side) => boolean = () => true,
): { pairs: Pair[]; gone: RenderedResource[]; fresh: RenderedResource[] } {
  const [old, now] = [grouped(before, keyOf), grouped(after, keyOf)]
  const pairs: Pair[] = []
  const gone: RenderedResource[] = []
  const fresh: RenderedResource[] = []
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [these, those] = [old.get(key) ?? [], now.get(key) ?? []]
    const both = mayPair(these, those) ? Math.min(these.length, those.length) : 0
    for (let at = 0; at < both; at++) pairs.push({ before: these[at], after: those[at] })
    gone.push(...these.slice(both))
    fresh.push(...those.slice(both))
  }
  return { pairs, gone, fresh }
}

function grouped(side: Side, keyOf: (resource: RenderedResource) => string): Map<string, RenderedResource[]> {
  const groups = new Map<string, RenderedResource[]>()
  for (const resource of side) {
    const key = keyOf(resource)
    const group = groups.get(key)
    if (group) group.push(resource)
    else groups.set(key, [resource])
  }
  return groups
}
