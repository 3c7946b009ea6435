/** Documents and files that were read and are no resources: told, so that nothing is passed over in silence. */
export interface Account {
  /** Files that were read. */
  files: number
  documents: number
  /** Documents that are no manifests, by reason, with one example each. */
  notManifests: Map<string, { count: number; example: string }>
  /** Documents of nothing but comments. */
  empty: number
}

export function openAccount(): Account {
  return { files: 0, documents: 0, notManifests: new Map(), empty: 0 }
}

export function countNotManifest(account: Account, reason: string, example: string): void {
  const known = account.notManifests.get(reason)
  if (known) known.count++
  else account.notManifests.set(reason, { count: 1, example })
}
