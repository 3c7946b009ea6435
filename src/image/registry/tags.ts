import { isTag } from '../tag.ts'
import type { Answer } from './exchange.ts'
import { statusReason } from './manifest.ts'
import type { Place } from './place.ts'
import type { Session } from './session.ts'
import { Unanswered } from './unanswered.ts'

export type TagList =
  | {
      is: 'yes'
      /** Each once, in the order of the registry, which means nothing: some sort, others list the oldest first. */
      tags: string[]
    }
  | { is: 'no' }
  /** The reason is a clause. */
  | { is: 'unknown'; reason: string }

/** ECR allows no more. */
const PAGE = 1000
const MOST_PAGES = 1000
const MOST_TAGS = 500_000

/** All pages or none: a tag that is missing from the list would be taken for one that is not there. */
export async function listTags(ask: Session, place: Place): Promise<TagList> {
  const start = new URL(`/v2/${place.repository}/tags/list?n=${PAGE}`, place.api)
  const tags = new Set<string>()
  const visited = new Set<string>()
  for (let url: URL | undefined = start; url; ) {
    if (visited.size === MOST_PAGES || visited.has(url.href) || tags.size > MOST_TAGS) {
      throw new Unanswered(`${url.host} has no end to its list of tags`)
    }
    visited.add(url.href)
    const answer = await ask(place, { method: 'GET', url, headers: { accept: 'application/json' } })
    if (answer.status === 404 && visited.size === 1) return { is: 'no' }
    if (answer.status !== 200) throw new Unanswered(statusReason(answer))
    for (const tag of tagsIn(answer)) tags.add(tag)
    url = nextPage(answer, url)
  }
  return { is: 'yes', tags: [...tags] }
}

function tagsIn({ body, url }: Answer): string[] {
  let tags: unknown
  try {
    tags = (JSON.parse(body) as { tags?: unknown } | null)?.tags
  } catch {
    tags = undefined
  }
  if (tags === null) return []
  if (!Array.isArray(tags)) throw new Unanswered(`${url.host} answered with something that is no list of tags (200)`)
  return tags.filter((tag): tag is string => typeof tag === 'string' && isTag(tag))
}

/**
 * The next page by its query alone, below the path that was asked: Artifactory leaves a part of the path out, and the
 * login goes to no other repository.
 */
function nextPage({ headers, url: answered }: Answer, asked: URL): URL | undefined {
  const next = nextLink([headers.link].flat().join(', '))
  if (next === undefined) return undefined
  const url = URL.canParse(next, answered.href) ? new URL(next, answered) : undefined
  if (!url || (url.origin !== answered.origin && url.origin !== asked.origin)) {
    throw new Unanswered(`${asked.host} continues its list of tags at another host`)
  }
  const page = new URL(asked)
  page.search = url.search
  return page
}

/** The target of the link of a `Link` header (RFC 8288) whose relation is `next`. */
function nextLink(header: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next(?=[\s;,]|$))/i.test(parameters)) return target
  }
  return undefined
}
