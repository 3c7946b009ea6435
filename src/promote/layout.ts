import { type Environment, environment as environmentSchema } from '../config/environment.ts'
import { type Layout, parseLayout } from '../config/layout.ts'
import { type LayoutMap, mapByLayout } from '../config/layout-map.ts'
import type { Config } from '../config/schema.ts'
import { UsageError } from '../report/failure.ts'
import { type Axis, findAxes, type VersionedFile } from './axis.ts'
import { byRank, isShared, knownName, orderDoubt } from './environment-name.ts'
import { type Proposal, proposalText } from './proposal.ts'

/** Where the environments and applications of a repository are, and how versions go from one to the next. */
export interface PromotionLayout extends LayoutMap {
  layout?: Layout
  /** In the order of the file, or of their ranks. */
  environments: ReadonlyMap<string, Environment>
  /** Whether the environments were read off the tree: then nothing merges by itself. */
  inferred: boolean
  /** Files with versions that repeat by environment elsewhere than the inferred layout says. */
  outside: readonly string[]
}

/** Nobody can say what follows what: exit code 2, with the `.gitops.yaml` to complete. */
export class UnsureLayout extends UsageError {
  override readonly attachment: string

  constructor(doubt: string, proposal: Proposal) {
    super(`Promotion needs to know the environments and their order: ${doubt}. Complete this .gitops.yaml:`)
    this.attachment = proposalText(proposal)
  }
}

/** What a run asks of the layout: a rollback goes from no environment to another. */
export interface Need {
  order: boolean
}

/**
 * The layout in force: of the configuration, and where that is silent, of the tree. What is not certain is never guessed.
 *
 * @param versioned the files that hold versions; only asked where something is to be inferred.
 * @param candidates all files that may hold one.
 * @throws UnsureLayout
 */
export function readLayout(
  config: Pick<Config, 'layout' | 'environments' | 'promote'>,
  versioned: () => readonly VersionedFile[],
  candidates: readonly string[] = [],
  need: Need = { order: true },
): PromotionLayout {
  const environments = config.environments?.size ? config.environments : undefined
  if (environments) return withEnvironments(config, environments, versioned, need)
  if (config.layout) return withLayout(config.layout, versioned(), candidates, need)
  const { axis, outside, layout } = chooseAxis(versioned(), undefined, config.promote)
  return { ...ordered(layout, new Set([...axis.environments, ...knownIn(layout, candidates)]), need), outside }
}

/** Environments that somebody has described: their edges are theirs, too. */
function withEnvironments(
  { layout: given, promote }: Pick<Config, 'layout' | 'promote'>,
  environments: ReadonlyMap<string, Environment>,
  versioned: () => readonly VersionedFile[],
  need: Need,
): PromotionLayout {
  const elsewhere = [...environments].filter(([, { path }]) => path === undefined).map(([name]) => name)
  const inferred = given || elsewhere.length === 0 ? undefined : chooseAxis(versioned(), elsewhere, promote)
  const layout = given ?? inferred?.layout
  if (need.order && ![...environments.values()].some(({ from }) => from)) {
    const proposal = { ...(layout && { layout: layout.text }), environments: [...environments.keys()], ordered: true }
    throw new UnsureLayout('no environment says with from: where its versions come from', proposal)
  }
  const map = mapByLayout({ layout, environments: new Map(environments) })
  return { ...map, ...(layout && { layout }), environments, inferred: false, outside: inferred?.outside ?? [] }
}

/**
 * Environments with usual names where the layout has them, whether or not a version can be read there: one that is broken
 * today must not make its neighbours follow each other.
 */
function knownIn(layout: Layout, candidates: readonly string[]): string[] {
  const map = mapByLayout({ layout, environments: undefined })
  return candidates.flatMap((path) => {
    const name = map.applicationAt(path)?.environment
    return name !== undefined && knownName(name) ? [name] : []
  })
}

/** A layout alone says which environments there are, and their names may say in which order. */
function withLayout(
  layout: Layout,
  versioned: readonly VersionedFile[],
  candidates: readonly string[],
  need: Need,
): PromotionLayout {
  const map = mapByLayout({ layout, environments: undefined })
  const names = new Set<string>()
  for (const { path } of versioned) {
    const name = map.applicationAt(path)?.environment
    if (name !== undefined && !isShared(name)) names.add(name)
  }
  for (const name of knownIn(layout, candidates)) names.add(name)
  return { ...ordered(layout, names, need), outside: [] }
}

/** Each environment from the one before; no edges where nobody asks for them and nobody could say. */
function ordered(layout: Layout, names: ReadonlySet<string>, need: Need): PromotionLayout {
  const doubt = names.size === 0 ? 'no environments were found' : orderDoubt(names)
  if (doubt && (need.order || names.size === 0)) {
    throw new UnsureLayout(doubt, { layout: layout.text, environments: [...names] })
  }
  const chain = byRank(names).flat()
  const before = (at: number) => (doubt || at === 0 ? {} : { from: chain[at - 1] })
  const environments = new Map(chain.map((name, at) => [name, environmentSchema.parse(before(at))]))
  return { ...mapByLayout({ layout, environments }), layout, environments, inferred: true, outside: [] }
}

interface Chosen {
  axis: Axis
  layout: Layout
  outside: readonly string[]
}

/** The direction in which the tree repeats itself most, if it does so by far. */
function chooseAxis(
  versioned: readonly VersionedFile[],
  names: readonly string[] | undefined,
  promote: Config['promote'],
): Chosen {
  const rank = (name: string) => (names ? rankAmong(names, name) : knownName(name)?.rank)
  const axes = findAxes(versioned, rank, Math.min(2, names?.length ?? 2))
  const [first] = axes
  const layout = first && parseLayout(first.layout)
  if (!first || !layout?.ok) {
    throw new UnsureLayout(nothingFound(promote), { environments: names ?? [], ordered: names !== undefined })
  }
  const others = axes.slice(1).filter(({ files }) => [...files].some((file) => !first.files.has(file)))
  const rivals = others.filter(({ shared }) => shared * 2 > first.shared)
  if (rivals.length > 0) {
    throw new UnsureLayout('several layouts fit equally well', {
      layout: first.layout,
      alternatives: rivals.map(({ layout }) => layout),
      environments: names ?? [...first.environments],
      ordered: names !== undefined,
    })
  }
  const outside = new Set(others.flatMap(({ files }) => [...files].filter((file) => !first.files.has(file))))
  return { axis: first, layout: layout.value, outside: [...outside].sort() }
}

function nothingFound(promote: Config['promote']): string {
  const found = 'no folders or files were found that hold versions'
  const more = promote.length < 3 ? ' (of images alone, unless promote: [images, charts, refs] asks for more)' : ''
  return `${found}${more} and repeat by environment`
}

function rankAmong(names: readonly string[], name: string): number | undefined {
  const at = names.indexOf(name)
  return at < 0 ? undefined : at
}
