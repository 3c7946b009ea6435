/** How much a finding weighs. Only errors make a run invalid (unless `--fail-on warning`). */
export type Severity = 'error' | 'warning' | 'notice'

/** Every rule there is. `policy/<name>` is open: a user names their own policies. */
export type RuleId = (typeof RULES)[number] | `policy/${string}`

export const RULES = [
  'yaml/syntax',
  'yaml/duplicate-key',
  'yaml/limit',
  'yaml/encoding',
  'yaml/ambiguous-scalar',
  'manifest/kind',
  'schema/invalid',
  'schema/unknown-field',
  'schema/missing',
  'schema/unvalidated',
  'api/removed',
  'api/deprecated',
  'api/invalid',
  'api/warning',
  'resource/duplicate',
  'list/duplicate-key',
  'render/kustomize',
  'render/helm',
  'render/refused',
  'reference/missing',
  'reference/cycle',
  'image/missing',
  'image/mutable-tag',
  'secret/plaintext',
  'crd/rule',
  'config/invalid',
] as const

/** Names one Kubernetes object, as far as its manifest names it. */
export interface ResourceName {
  apiVersion: string
  kind: string
  namespace?: string
  name: string
}

/** A place in a file that a person can edit. Lines and columns count from 1; columns count UTF-16 units. */
export interface Place {
  /** Relative to the repository root, with `/`. */
  file: string
  line: number
  column: number
}

/** One thing wrong, and where. Property order is the order of the JSON contract. */
export interface Finding extends Place {
  rule: RuleId
  severity: Severity
  message: string
  /** The rendered source it was found in, when it was found in rendered output. */
  source?: string
  /** How many sources show the same finding, when more than one does. */
  sources?: number
  resource?: ResourceName
  /** JSON Pointer to the field within the resource. */
  pointer?: string
  /** With `--base`: whether this change brought it. */
  introduced?: boolean
  /** What to do about it. */
  help?: string
}
