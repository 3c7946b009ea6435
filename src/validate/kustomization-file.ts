import { judge } from '../kubernetes/judge.ts'
import { isMapping, type Kustomization, placeOf } from '../source/kustomization.ts'
import { KUSTOMIZATION_SCHEMA } from '../source/kustomization-schema.ts'
import type { Ledger } from './ledger.ts'

/**
 * Checks a kustomization file itself: its text, and its fields by kustomize's own types.
 *
 * @param checked files done already; several sources may go through the same file.
 */
export function checkKustomizationFile(
  kustomization: Kustomization,
  ledger: Ledger,
  checked: Map<string, string>,
): void {
  const { file, yaml, document, fields } = kustomization
  if (checked.has(file) || !yaml) return
  checked.set(file, '')
  const problems = [...yaml.problems, ...(document?.problems ?? [])]
  for (const problem of problems) {
    const place = { file, ...yaml.positions.at(problem.offset) }
    ledger.add({ rule: problem.rule, message: problem.message, severity: problem.severity, ...place })
  }
  if (!document) return
  if (!isMapping(document.value)) {
    if (document.value !== undefined) {
      ledger.add({ rule: 'schema/invalid', message: 'A kustomization must be a mapping.', file, line: 1, column: 1 })
    }
    return
  }
  for (const problem of judge(fields, KUSTOMIZATION_SCHEMA, { quoteValues: true })) {
    const place = placeOf(kustomization, problem.path, problem.at)
    ledger.add({ rule: problem.rule, message: problem.message, help: problem.help, ...place })
  }
}
