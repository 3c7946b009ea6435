/** What a folder's name says of an environment that nobody has described. */
export interface KnownName {
  /** Environments of a lower rank come earlier. */
  rank: number
  /** Whether everybody puts this rank in the same place; `integration` can be first, `load` can follow staging. */
  certain: boolean
}

const RANKS: readonly (readonly [certain: boolean, names: string])[] = [
  [false, 'sandbox'],
  [true, 'dev develop development'],
  [false, 'lab'],
  [false, 'integration int ci'],
  [true, 'test testing tst qa uat'],
  [false, 'acceptance acc'],
  [true, 'stage staging stg'],
  [false, 'preprod pre-prod preproduction load perf'],
  [true, 'prod production prd live'],
]

const KNOWN: ReadonlyMap<string, KnownName> = new Map(
  RANKS.flatMap(([certain, names], rank) => names.split(' ').map((name) => [name, { rank, certain }] as const)),
)

const AREA = 'gov|east|west|north|south|central'
/** Any run of letters and digits that ends as `east-1`, `euwest1` or `1a` do; each text is read in one way only, so in linear time. */
const REST = `(?:[a-z0-9]*[0-9][a-z]?)?(?:${AREA})*`
const REGION = new RegExp(
  `^(?:[a-z]{2}|apac|emea|amer|latam|asia|europe|us|gov|china|east|west|north|south|central|[0-9])${REST}(?:-(?=[a-z0-9])${REST})*$`,
)

/** Exact names, or one with a region behind it (`prod-eu`): other suffixes and prefixes are mostly applications. */
export function knownName(name: string): KnownName | undefined {
  const exact = KNOWN.get(name)
  if (exact) return exact
  for (let dash = name.indexOf('-'); dash > 0; dash = name.indexOf('-', dash + 1)) {
    const known = KNOWN.get(name.slice(0, dash))
    if (known && REGION.test(name.slice(dash + 1))) return known
  }
  return undefined
}

const SHARED = new Set(['base', 'bases', 'common', 'shared', 'component', 'components', 'default', 'defaults', 'all'])

/** Folders beside environments that hold what these have in common. */
export function isShared(name: string): boolean {
  return SHARED.has(name)
}

/** Environments of one rank together, in order. Names that nobody knows come last. */
export function byRank(names: Iterable<string>): string[][] {
  const ranks = new Map<number, string[]>()
  for (const name of [...names].sort()) {
    const rank = knownName(name)?.rank ?? RANKS.length
    ranks.set(rank, [...(ranks.get(rank) ?? []), name])
  }
  return [...ranks].sort(([a], [b]) => a - b).map(([, together]) => together)
}

/** Why nobody can say in which order these come, or `undefined` where everybody would say the same. */
export function orderDoubt(names: Iterable<string>): string | undefined {
  const ranks = byRank(names)
  const strange = ranks.flat().filter((name) => !knownName(name)?.certain)
  if (strange.length > 0) return `it is not certain where ${strange.map(shown).join(', ')} comes in`
  const together = ranks.find((rank) => rank.length > 1)
  if (together) return `${together.map(shown).join(' and ')} have the same rank`
  return ranks.length < 2 ? 'one environment alone has nothing to promote from' : undefined
}

function shown(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : JSON.stringify(name)
}
