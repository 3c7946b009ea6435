import { fullName, type World } from '../model/world.ts'

/** Addresses as GitHub forms them; `api` and `html` below the repository. */
export const api = (world: World, path: string): string => `${world.url}/api/v3/repos/${fullName(world)}${path}`
export const html = (world: World, path: string): string => `${world.url}/${fullName(world)}${path}`

/** GraphQL's ids. What is inside is ours: clients must not look. */
export const nodeId = (kind: string, key: number | string): string =>
  `${kind}_${Buffer.from(String(key)).toString('base64url')}`

export function fromNodeId(id: string): { kind: string; key: string } {
  const [kind = '', rest = ''] = id.split(/_(.*)/)
  return { kind, key: Buffer.from(rest, 'base64url').toString() }
}
