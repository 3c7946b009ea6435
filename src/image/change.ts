import { applyEdits, type Edited, type ScalarEdit } from '../yaml/edit.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { proveOnlyChanged } from '../yaml/prove.ts'
import type { YamlText } from '../yaml/read.ts'
import type { FieldKind, VersionField } from './field.ts'
import { isDigest, isTag } from './tag.ts'
import { chartSelection, isRef, refSelection } from './version.ts'

/** A version field, and the version that it shall hold. */
export interface VersionChange {
  field: VersionField
  value: string
}

/**
 * Writes versions into the text of one file, and proves that exactly they differ. All changes are of fields found in
 * this text. The answer is the new text, or the one sentence that says why nothing was changed.
 */
export function changeVersions(yaml: YamlText, changes: readonly VersionChange[], limits: YamlLimits): Edited {
  const refusal = changes.map(refusalOf).find((reason) => reason !== undefined)
  if (refusal) return { ok: false, reason: refusal }
  const edits = changes.map(({ field, value }): ScalarEdit => ({ site: field.site, part: field.part, text: value }))
  const edited = applyEdits(yaml.text, edits)
  if (!edited.ok) return edited
  const proof = proveOnlyChanged(yaml, edited.text, edits, limits)
  return proof.ok ? edited : proof
}

function refusalOf({ field, value }: VersionChange): string | undefined {
  const { editable, kind } = field
  if (editable !== true && editable.bars !== 'reading') return editable.message
  return VALID[kind](value) ? undefined : `${JSON.stringify(value.slice(0, 140))} is ${EXPECTED[kind]}.`
}

const VALID: Readonly<Record<FieldKind, (value: string) => boolean>> = {
  tag: isTag,
  digest: isDigest,
  chart: (value) => chartSelection(value) === 'exact',
  ref: (value) => isRef(value) && refSelection(value) === 'exact',
}

const EXPECTED: Readonly<Record<FieldKind, string>> = {
  tag: 'no valid tag: letters, digits, "_", "." and "-", 128 at most',
  digest: 'no digest: sha256: and 64 hexadecimal digits',
  chart: 'no complete chart version',
  ref: 'no tag or commit of Git',
}
