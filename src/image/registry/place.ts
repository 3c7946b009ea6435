import { nameOf, normalizedName, parseReference, type Reference } from '../reference.ts'
import { isDigest, isTag } from '../tag.ts'
import { isLoopback } from './private-address.ts'
import { Unanswered } from './unanswered.ts'

/** Where a repository lives. */
export interface Place {
  /** The registry as references name it; `docker.io` for all names of Docker Hub. */
  registry: string
  repository: string
  /** Scheme, host and port of the registry's API. */
  api: URL
}

/** Docker Hub answers at another host than it is named by. */
const API_HOSTS: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' }

/** Finds the registry of a reference, with https but on this machine. Throws `Unanswered` for what is no reference. */
export function placeOf(reference: Pick<Reference, 'registry' | 'repository'>): Place {
  const name = nameOf(reference)
  const parsed = parseReference(name)
  if (!parsed.ok) throw new Unanswered(parsed.problem.message)
  if (parsed.reference.tag !== undefined || parsed.reference.digest !== undefined) {
    throw new Unanswered(`${JSON.stringify(name.slice(0, 60))} is not the name of a repository`)
  }
  const full = normalizedName(name)
  const slash = full.indexOf('/')
  const registry = full.slice(0, slash)
  const host = API_HOSTS[registry] ?? registry
  if (!URL.canParse(`https://${host}`)) throw new Unanswered(`${registry} is not a host with a port`)
  const secure = new URL(`https://${host}`)
  const api = isLoopback(secure) ? new URL(`http://${host}`) : secure
  return { registry, repository: full.slice(slash + 1), api }
}

/** What the manifest is asked by: the digest, which is what runs, else the tag. Throws `Unanswered` if invalid. */
export function manifestName({ tag, digest }: Pick<Reference, 'tag' | 'digest'>): string {
  if (tag !== undefined && !isTag(tag)) throw new Unanswered('the tag is not one that a registry can have')
  if (digest !== undefined && !isDigest(digest)) throw new Unanswered('the digest is not one that a registry can have')
  return digest ?? tag ?? 'latest'
}
