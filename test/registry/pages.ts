import type { ServerResponse } from 'node:http'
import type { Call } from './serve.ts'

export interface PageOptions {
  /** Tags a page, whatever is asked for. */
  size?: number
  /** How the `Link` header names the next page; relative unless given. */
  link?: (next: { path: string; query: string }) => string
}

/** One page of `tags/list`. */
export function sendTags(call: Call, response: ServerResponse, tags: readonly string[], options: PageOptions): void {
  const { pathname, searchParams } = new URL(call.path, 'http://registry')
  const last = searchParams.get('last')
  const start = last === null ? 0 : tags.indexOf(last) + 1
  const page = tags.slice(start, start + (options.size ?? tags.length))
  if (start + page.length < tags.length) {
    const query = `?n=${page.length}&last=${page.at(-1)}`
    const link = options.link?.({ path: pathname, query }) ?? `<${pathname}${query}>; rel="next"`
    response.setHeader('link', link)
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ name: 'x', tags: page }))
}
