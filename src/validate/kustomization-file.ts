import { judge } from '../kubernetes/judge.ts'
import { isMapping, type Kustomization, placeOf } from '../source/kustomization.ts'
import { KUSTOMIZATION_SCHEMA } from '../source/kustomization-schema.ts'
import type { Ledger } from './ledger.ts'

/**
 * Checks a kustomization file itself: its text, and its fields by kustomize's own types.
 *
 * @param checked files done already, and whether they had errors; several sources may go through the same file.
 */
export function checkKustomizationFile(
  kustomization: Kustomization,
  ledger: Ledger,
  checked: Map<string, boolean>,
): void {
  const { file, yaml } = kustomization
  if (checked.has(file) || !yaml) return
  let faulty = false
  const add: Ledger['add'] = (finding) => {
    const severity = ledger.add(finding)
    faulty ||= severity === 'error'
    return severity
  }
  checkFile(kustomization, add)
  checked.set(file, faulty)
}

function checkFile({ file, yaml, document, fields, ...rest }: Kustomization, add: Ledger['add']): void {
  if (!yaml) return
  const problems = [...yaml.problems, ...(document?.problems ?? [])]
  for (const problem of problems) {
    const place = { file, ...yaml.positions.at(problem.offset) }
    add({ rule: problem.rule, message: problem.message, severity: problem.severity, ...place })
  }
  if (!document) return
  if (!isMapping(document.value)) {
    if (document.value !== undefined) {
      add({ rule: 'schema/invalid', message: 'A kustomization must be a mapping.', file, line: 1, column: 1 })
    }
    return
  }
  for (const problem of judge(fields, KUSTOMIZATION_SCHEMA, { quoteValues: true })) {
    const place = placeOf({ file, yaml, document, fields, ...rest }, problem.path, problem.at)
    add({ rule: problem.rule, message: problem.message, help: problem.help, ...place })
  }
}
