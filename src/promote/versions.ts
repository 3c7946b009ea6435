import type { HoldReason } from '../config/hold.ts'
import type { Promotable, VersionField } from '../image/field.ts'
import { findVersionFields } from '../image/fields.ts'
import type { Skipped } from '../image/skipped.ts'
import { decode } from '../yaml/decode.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { readYaml } from '../yaml/read.ts'
import { holdComment } from './hold-comment.ts'

/** What of a file concerns promotion; its text is not kept. */
export interface ReadFile {
  fields: readonly VersionField[]
  holds: readonly (readonly [VersionField, HoldReason])[]
  skipped: readonly Skipped[]
}

/** Reads the version fields of a file, and the comments that hold them. What cannot be read is skipped, never fatal. */
export function readVersions(
  path: string,
  bytes: Uint8Array | undefined,
  promote: readonly Promotable[],
  limits: YamlLimits,
): ReadFile {
  if (!bytes) return unread(path, 'It cannot be read.')
  if (bytes.length > limits.file)
    return unread(path, `It is larger than the limit (limits.file) of ${limits.file} bytes.`)
  const decoded = decode(bytes)
  if (!decoded.ok) return unread(path, decoded.problem.message)
  const yaml = readYaml(decoded.text, limits)
  const { fields, skipped } = findVersionFields({ path, yaml }, { promote, limits })
  const mayHold = /#\s*gitops:\s*hold/.test(decoded.text)
  const holds = !mayHold
    ? []
    : fields.flatMap((field) => {
        const hold = holdComment(yaml.positions.line(field.line), yaml.positions.line(field.line - 1))
        return hold ? [[field, hold] as const] : []
      })
  return { fields, holds, skipped }
}

function unread(file: string, reason: string): ReadFile {
  return { fields: [], holds: [], skipped: [{ file, reason }] }
}
