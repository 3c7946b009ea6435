import type { Finding } from './finding.ts'

export type ValidateOutcome = 'valid' | 'invalid' | 'refused' | 'error'

/** What `validate` has to say, as data: the JSON contract, version 1. Every format is a view of it. */
export interface ValidateReport {
  version: 1
  outcome: ValidateOutcome
  /** The minor version judged by, e.g. `1.34`; `mixed` where sources differ. */
  kubernetes: string
  summary: ValidateSummary
  findings: Finding[]
  coverage: CoverageRow[]
}

export interface ValidateSummary {
  files: number
  sources: number
  resources: number
  valid: number
  invalid: number
  skipped: number
  unvalidated: number
  errors: number
  warnings: number
}

/** One row per (apiVersion, kind, validated, reason); counts add up to `summary.resources`. */
export interface CoverageRow {
  apiVersion: string
  kind: string
  count: number
  validated: boolean
  reason?: string
  /** Present where sources of one run are judged by different minors. */
  kubernetes?: string
}
