import { isDigest, isMovingTag, isTag } from './tag.ts'

/** An image reference, its parts as written. */
export interface Reference {
  /** Host and port, only where one is written. */
  registry?: string
  /** The path within the registry. */
  repository: string
  tag?: string
  digest?: string
}

export type ReferenceProblem = { part: 'repository' | 'tag' | 'digest'; message: string }

export type ParsedReference = { ok: true; reference: Reference } | { ok: false; problem: ReferenceProblem }

const DOMAIN_LABEL = '(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])'
const DOMAIN = new RegExp(`^(?:${DOMAIN_LABEL}(?:\\.${DOMAIN_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`)
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const LONGEST_NAME = 255
/** Name, tag and the longest registered digest. */
const LONGEST = 1024

/**
 * Reads `registry/repository:tag@digest` by the grammar that registries and container runtimes share
 * (github.com/distribution/reference).
 */
export function parseReference(text: string): ParsedReference {
  if (text.length > LONGEST) return problem('repository', `An image reference has at most ${LONGEST} characters.`)
  const { name, tag, digest } = splitReference(text)
  if (digest !== undefined && !isDigest(digest)) {
    return problem('digest', `The digest ${show(digest)} is not of the form sha256: and 64 hexadecimal digits.`)
  }
  if (tag !== undefined && !isTag(tag)) {
    return problem('tag', `The tag ${show(tag)} may hold letters, digits, "_", "." and "-" only, 128 at most.`)
  }
  const { registry, repository } = splitName(name)
  if (registry !== undefined && !DOMAIN.test(registry)) {
    return problem('repository', `The registry ${show(registry)} is not a host name.`)
  }
  const wrong = repositoryProblem(name, repository, registry)
  if (wrong) return problem('repository', wrong)
  return {
    ok: true,
    reference: {
      ...(registry !== undefined && { registry }),
      repository,
      ...(tag !== undefined && { tag }),
      ...(digest !== undefined && { digest }),
    },
  }
}

export function formatReference(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`
  return `${nameOf(reference)}${tag}${digest}`
}

/** Registry and repository as written, without tag and digest. */
export function nameOf(reference: Reference): string {
  return reference.registry === undefined ? reference.repository : `${reference.registry}/${reference.repository}`
}

/** The repository under the one name by which two references compare: `nginx` is `docker.io/library/nginx`. */
export function normalizedName(name: string): string {
  const { registry = 'docker.io', repository } = splitName(name)
  const host = registry === 'index.docker.io' || registry === 'registry-1.docker.io' ? 'docker.io' : registry
  const path = host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository
  return `${host.toLowerCase()}/${path}`
}

/**
 * Whether what the reference names may change under it. The one test of the contract: no digest, and no tag,
 * `latest`, or a tag without any digit.
 */
export function isMoving(reference: Pick<Reference, 'tag' | 'digest'>): boolean {
  return reference.digest === undefined && isMovingTag(reference.tag)
}

/** Cuts a reference at its marks, whether or not the parts are valid: a port is no tag. */
export function splitReference(text: string): { name: string; tag?: string; digest?: string } {
  const at = text.indexOf('@')
  const before = at < 0 ? text : text.slice(0, at)
  const colon = before.indexOf(':', before.lastIndexOf('/') + 1)
  return {
    name: colon < 0 ? before : before.slice(0, colon),
    ...(colon >= 0 && { tag: before.slice(colon + 1) }),
    ...(at >= 0 && { digest: text.slice(at + 1) }),
  }
}

/** The first component is a registry if it could not be a repository: a dot, a port, `localhost` or a capital. */
function splitName(name: string): { registry?: string; repository: string } {
  const slash = name.indexOf('/')
  if (slash < 0) return { repository: name }
  const first = name.slice(0, slash)
  if (!/[.:A-Z]/.test(first) && first !== 'localhost') return { repository: name }
  return { registry: first, repository: name.slice(slash + 1) }
}

function repositoryProblem(name: string, repository: string, registry: string | undefined): string | undefined {
  if (repository === '') return 'An image reference starts with a repository name.'
  if (name.length > LONGEST_NAME) return `The repository name is longer than ${LONGEST_NAME} characters.`
  if (registry === undefined && /^[a-f0-9]{64}$/.test(repository)) {
    return 'A repository name cannot be 64 hexadecimal digits, which would be an image id.'
  }
  if (repository.split('/').every((component) => PATH_COMPONENT.test(component))) return undefined
  if (/[A-Z]/.test(repository)) return `The repository name ${show(repository)} must be lower-case.`
  return `The repository name ${show(repository)} has characters, or separators in places, that no registry allows.`
}

function problem(part: ReferenceProblem['part'], message: string): ParsedReference {
  return { ok: false, problem: { part, message } }
}

/** The text comes from a pull request: escaped and short, so that a message stays one line. */
function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
