import type { Answer, Call } from './route.ts'

/** One page of a list with the Link header that leads to the others. `wrap` puts the page into its envelope. */
export function page<T>(
  { query, target, world }: Call,
  items: readonly T[],
  wrap: (page: readonly T[]) => unknown = (each) => each,
): Answer {
  const size = Math.min(Math.max(Number(query.get('per_page') ?? 30), 1), 100)
  const number = Math.max(Number(query.get('page') ?? 1), 1)
  const last = Math.max(Math.ceil(items.length / size), 1)
  const link = (to: number, rel: string) => {
    const url = new URL(target, world.url)
    url.searchParams.set('page', String(to))
    return `<${url}>; rel="${rel}"`
  }
  const links = [
    ...(number > 1 ? [link(number - 1, 'prev')] : []),
    ...(number < last ? [link(number + 1, 'next'), link(last, 'last')] : []),
    ...(number > 1 ? [link(1, 'first')] : []),
  ]
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * size, number * size)),
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
  }
}
