import type { Finding } from '../report/finding.ts'

/**
 * Marks which findings a change brought: those the base does not have. Lines move when anything above them does, so
 * findings are the same by rule, file, resource, field and message, each as often as the base has it. What is rendered
 * is the same by rule, file and message: one more overlay shows an old fault under another name.
 *
 * @param renamed the earlier path of files that the change moved
 */
export function markIntroduced(
  findings: readonly Finding[],
  base: readonly Finding[],
  renamed: ReadonlyMap<string, string> = new Map(),
): Finding[] {
  const known = new Map<string, number>()
  for (const finding of base) known.set(identity(finding), (known.get(identity(finding)) ?? 0) + 1)
  return findings.map((finding) => {
    const before = identity({ ...finding, file: renamed.get(finding.file) ?? finding.file })
    const left = known.get(before) ?? 0
    if (left > 0) known.set(before, left - 1)
    return { ...finding, introduced: left === 0 }
  })
}

function identity({ rule, file, source, resource, pointer, message }: Finding): string {
  const text = message.replace(/:\d+:\d+|\bline \d+/g, '')
  if (source !== undefined) return JSON.stringify([rule, file, text])
  const name = resource && [resource.apiVersion, resource.kind, resource.namespace, resource.name]
  return JSON.stringify([rule, file, text, name, pointer])
}
