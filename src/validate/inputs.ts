import type { Severity } from '../report/finding.ts'

/** What `validate` is asked, the same from the command line and from the action. */
export interface ValidateInputs {
  /** Relative to the working directory; `-` is standard input. */
  paths: readonly string[]
  /** `.gitops.yaml` by another name. */
  config?: string
  kubernetesVersion?: string
  schemaLocations: readonly string[]
  /** Kinds not to check: `Kind` or `apiVersion/Kind`. */
  skip: readonly string[]
  /** Globs of files not to read, relative to the repository root. */
  ignore: readonly string[]
  /** Findings that this revision has too are not new; its configuration counts. */
  base?: string
  failOn: 'error' | 'warning' | 'never'
  unvalidated?: Extract<Severity, 'error' | 'warning'> | 'ignore'
  allowEmpty: boolean
  renderer: 'embedded' | 'native'
  allowRemote: boolean
  depth: 'api' | 'schema'
  shard?: { index: number; count: number }
}
