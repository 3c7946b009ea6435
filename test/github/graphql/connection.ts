import { Problem } from '../problem.ts'

export interface PageArguments {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
}

/** A page as GraphQL shapes it. As GitHub does, it insists on `first` or `last`, at most 100. */
export function connection<T, N>(name: string, args: PageArguments, items: readonly T[], node: (item: T) => N) {
  refuseUnbounded(name, args)
  const start = args.after ? indexOf(args.after) + 1 : 0
  const end = args.before ? indexOf(args.before) : items.length
  const from = args.last ? Math.max(start, end - args.last) : start
  const to = args.first ? Math.min(end, start + args.first) : end
  const edges = items.slice(from, to).map((item, index) => ({ cursor: cursorOf(from + index), node: node(item) }))
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    totalCount: items.length,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasPreviousPage: from > 0,
      hasNextPage: to < items.length,
    },
  }
}

function refuseUnbounded(name: string, { first, last }: PageArguments): void {
  if (first == null && last == null) {
    throw new Problem(
      422,
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      { type: 'MISSING_PAGINATION_BOUNDARIES' },
    )
  }
  for (const [argument, value] of Object.entries({ first, last })) {
    if (value == null || (value >= 1 && value <= 100)) continue
    const message = `Requesting ${value} records on the \`${name}\` connection exceeds the \`${argument}\` limit of 100 records.`
    throw new Problem(422, message, { type: 'EXCESSIVE_PAGINATION' })
  }
}

const cursorOf = (index: number) => Buffer.from(`cursor:${index}`).toString('base64')
const indexOf = (cursor: string) => Number(Buffer.from(cursor, 'base64').toString().slice('cursor:'.length))
