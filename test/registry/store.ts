import { createHash } from 'node:crypto'

export interface Manifest {
  type: string
  bytes: string
}

export const INDEX = 'application/vnd.oci.image.index.v1+json'

/** What a registry holds: manifests by digest, and tags that point to them. */
export interface Store {
  manifests: Map<string, Manifest>
  tags: Map<string, Map<string, string>>
}

export function newStore(): Store {
  return { manifests: new Map(), tags: new Map() }
}

/** An index of no platform; only its text makes it another. */
export function manifestOf(text: string): Manifest {
  const bytes = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [], annotations: { text } })
  return { type: INDEX, bytes }
}

/** Puts an index under a tag; equal text is an equal digest, which is the answer. */
export function push(store: Store, repository: string, tag: string, text = `${repository}:${tag}`): string {
  const manifest = manifestOf(text)
  const digest = `sha256:${createHash('sha256').update(manifest.bytes).digest('hex')}`
  store.manifests.set(`${repository}@${digest}`, manifest)
  const tags = store.tags.get(repository) ?? new Map<string, string>()
  store.tags.set(repository, tags.set(tag, digest))
  return digest
}

export function find(
  store: Store,
  repository: string,
  name: string,
): { digest: string; manifest: Manifest } | undefined {
  const digest = name.includes(':') ? name : store.tags.get(repository)?.get(name)
  const manifest = digest === undefined ? undefined : store.manifests.get(`${repository}@${digest}`)
  return digest !== undefined && manifest ? { digest, manifest } : undefined
}
