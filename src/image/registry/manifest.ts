import { isDigest } from '../tag.ts'
import type { Answer } from './exchange.ts'
import { Unanswered } from './unanswered.ts'

/** An image is one of these: an index of several platforms, or a manifest of one. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const

export type Existence =
  | {
      is: 'yes'
      /** Of the index where there is one, as the registry tells it; not every registry does. */
      digest?: string
    }
  | { is: 'no' }
  /** The reason is a clause. */
  | { is: 'unknown'; reason: string }

/**
 * What the answer to HEAD on a manifest says. `name` is the tag or digest asked for. Only 404 is a no: a refusal or a
 * failure tells nothing, and a 200 counts only where a registry gave it.
 */
export function existenceIn(answer: Answer, name: string): Existence {
  if (answer.status === 404) return { is: 'no' }
  if (answer.status !== 200) throw new Unanswered(statusReason(answer))
  const digest = digestIn(answer)
  if (digest === undefined && !isManifest(answer)) {
    throw new Unanswered(`${answer.url.host} answered with something that is no manifest (200)`)
  }
  if (digest !== undefined && isDigest(name) && digest !== name) {
    throw new Unanswered(`${answer.url.host} answered with another digest than it was asked for`)
  }
  return { is: 'yes', ...(digest !== undefined && { digest }) }
}

/** Why an answer that is neither found nor missing tells nothing. */
export function statusReason({ status, url: { host }, headers }: Answer): string {
  if (status === 401) return `${host} asks for a login (401)`
  if (status === 403) return `${host} refuses to tell (403)`
  if (status >= 500) return `${host} failed (${status})`
  if (status !== 429) return `${host} answered ${status}`
  const seconds = /^\d{1,9}$/.exec(headers['retry-after'] ?? '')?.[0]
  return `${host} is asked too often (429)${seconds === undefined ? '' : `, it says to wait ${seconds} s`}`
}

function isManifest({ headers }: Answer): boolean {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  // Images of before 2016 have manifests of the first schema, whatever is asked for.
  return MANIFEST_TYPES.some((known) => known === type) || /^application\/vnd\.docker\..+\.v1\+/.test(type ?? '')
}

function digestIn({ headers }: Answer): string | undefined {
  const digest = headers['docker-content-digest']
  return typeof digest === 'string' && isDigest(digest) ? digest : undefined
}
