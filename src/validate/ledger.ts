import type { Finding, Place, ResourceName, RuleId, Severity } from '../report/finding.ts'
import { ruleText } from '../report/rules.ts'
import type { PathStep } from '../yaml/locate.ts'
import { toPointer } from '../yaml/pointer.ts'

/** A finding before the configuration and comments had their say. */
export interface NewFinding extends Place {
  rule: RuleId
  message: string
  severity?: Severity
  source?: string
  resource?: ResourceName
  path?: readonly PathStep[]
  help?: string
}

/** How a rule is to be taken in a file: by configuration, or by a comment beside the line. */
export type Silencer = (rule: RuleId, place: Place) => { severity?: Severity | 'off'; hint?: string } | undefined

/** Collects findings. What is silenced is counted, not listed. */
export interface Ledger {
  readonly findings: readonly Finding[]
  readonly silenced: number
  /** Records a finding; answers with the weight it got, or `undefined` when it was silenced. */
  add(finding: NewFinding): Severity | undefined
}

export function openLedger(silencer: Silencer): Ledger {
  const findings: Finding[] = []
  let silenced = 0
  return {
    findings,
    get silenced() {
      return silenced
    },
    add(finding) {
      const setting = silencer(finding.rule, finding)
      if (setting?.severity === 'off') {
        silenced++
        return undefined
      }
      const severity = setting?.severity ?? finding.severity ?? ruleText(finding.rule).severity
      findings.push({
        rule: finding.rule,
        severity,
        message: finding.message,
        file: finding.file,
        line: finding.line,
        column: finding.column,
        ...(finding.source !== undefined && { source: finding.source }),
        ...(finding.resource && { resource: finding.resource }),
        ...(finding.path && { pointer: toPointer(finding.path) }),
        ...helpOf(finding, setting?.hint),
      })
      return severity
    },
  }
}

function helpOf({ help }: NewFinding, hint: string | undefined): { help?: string } {
  const all = [help, hint].filter((each) => each !== undefined && each !== '')
  return all.length > 0 ? { help: all.join(' ') } : {}
}
