import type { RuleId } from '../report/finding.ts'
import type { PathStep } from '../yaml/locate.ts'

/** Something a schema does not allow, at a path within the resource. */
export interface SchemaProblem {
  rule: RuleId
  /** The field meant; for something missing, the mapping that lacks it. */
  path: readonly PathStep[]
  message: string
  /** What of the field to point at: a wrong value, or the key of an unknown or lacking one. */
  at: 'value' | 'key'
  help?: string
  /** Said of an enumeration, which newer releases of an API extend. */
  enumerated?: true
}
