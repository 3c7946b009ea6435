import type { Finding } from '../report/finding.ts'

/**
 * Marks which findings a change brought: those the base does not have. Lines move when anything above them does, so
 * findings are the same by rule, file, resource, field and message, each as often as the base has it.
 */
export function markIntroduced(findings: readonly Finding[], base: readonly Finding[]): Finding[] {
  const known = new Map<string, number>()
  for (const finding of base) known.set(identity(finding), (known.get(identity(finding)) ?? 0) + 1)
  return findings.map((finding) => {
    const left = known.get(identity(finding)) ?? 0
    if (left > 0) known.set(identity(finding), left - 1)
    return { ...finding, introduced: left === 0 }
  })
}

function identity({ rule, file, source, resource, pointer, message }: Finding): string {
  const name = resource && [resource.apiVersion, resource.kind, resource.namespace, resource.name]
  return JSON.stringify([rule, file, source, name, pointer, message.replace(/:\d+:\d+|\bline \d+/g, '')])
}
