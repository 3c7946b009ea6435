import type { RuleId, Severity } from '../report/finding.ts'

/** Something wrong with a YAML text, at an offset of it. */
export interface Problem {
  rule: RuleId
  message: string
  offset: number
  /** Where the thing stands that this one collides with. */
  other?: number
  /** When it weighs less than its rule usually does. */
  severity?: Severity
  /** Only of interest where the document is a resource or a kustomization. */
  manifestOnly?: boolean
}
