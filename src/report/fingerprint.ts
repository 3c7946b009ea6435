import { createHash } from 'node:crypto'
import type { Finding } from './finding.ts'

/**
 * One fingerprint per finding, by which a platform knows it again in the next run. Lines move when anything above them
 * does, so they do not count; findings that are otherwise the same are numbered.
 */
export function fingerprints(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const identity = identityOf(finding)
    const occurrence = (seen.get(identity) ?? 0) + 1
    seen.set(identity, occurrence)
    return createHash('sha256').update(`${identity} ${occurrence}`).digest('hex')
  })
}

function identityOf({ rule, file, resource, pointer, message }: Finding): string {
  const name = resource && [resource.apiVersion, resource.kind, resource.namespace ?? '', resource.name]
  return JSON.stringify([rule, file, name, pointer, message.replace(/:\d+:\d+|\bline \d+/g, '')])
}
