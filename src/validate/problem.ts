import type { RuleId, Severity } from '../report/finding.ts'
import type { PathStep } from '../yaml/locate.ts'

/** What a rule says of a resource: a problem at a path, not yet a place in a file. */
export interface RuleProblem {
  rule: RuleId
  path: readonly PathStep[]
  at: 'value' | 'key'
  message: string
  help?: string
  severity?: Severity
}
