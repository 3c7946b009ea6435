import { changeVersions } from '../image/change.ts'
import { decode } from '../yaml/decode.ts'
import { encode } from '../yaml/encode.ts'
import type { YamlLimits } from '../yaml/limits.ts'
import { readYaml } from '../yaml/read.ts'
import { throughAnchors } from './aliases.ts'
import type { Move } from './unit.ts'

/** A file as it is and as it shall be. */
export interface EditedFile {
  path: string
  before: Uint8Array
  after: Uint8Array
}

export type EditedFiles = { ok: true; files: EditedFile[] } | { ok: false; reason: string }

/**
 * The files of some moves with exactly these versions changed, proved by reading them again. All or nothing: the reason is
 * a sentence.
 *
 * @param read the bytes of a file at the commit that the fields were found at.
 */
export function editFiles(
  moves: readonly Move[],
  read: (path: string) => Uint8Array | undefined,
  limits: YamlLimits,
): EditedFiles {
  const written = throughAnchors(moves)
  if (!written.ok) return written
  const byFile = new Map<string, Move[]>()
  for (const move of written.edits) byFile.set(move.target.file, [...(byFile.get(move.target.file) ?? []), move])
  const files: EditedFile[] = []
  for (const path of [...byFile.keys()].sort()) {
    const edited = editFile(path, byFile.get(path) ?? [], read(path), limits)
    if (!edited.ok) return { ok: false, reason: `${path}: ${edited.reason}` }
    files.push(edited.file)
  }
  return { ok: true, files }
}

function editFile(
  path: string,
  moves: readonly Move[],
  before: Uint8Array | undefined,
  limits: YamlLimits,
): { ok: true; file: EditedFile } | { ok: false; reason: string } {
  const decoded = before && decode(before)
  if (!before || !decoded?.ok) return { ok: false, reason: 'The file cannot be read.' }
  const changes = moves.map(({ target, value }) => ({ field: target, value }))
  const edited = changeVersions(readYaml(decoded.text, limits), changes, limits)
  return edited.ok ? { ok: true, file: { path, before, after: encode(edited.text, decoded.bom) } } : edited
}
