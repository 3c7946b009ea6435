import { basename } from 'node:path/posix'
import type { YamlText } from '../yaml/read.ts'

/** A file, or a string in it, that was not looked into. */
export interface Skipped {
  file: string
  line?: number
  reason: string
}

/**
 * Why a file is left alone altogether: what is no YAML is a template or has placeholders, and an edit of it could not
 * be proved. A file without extension need not be YAML at all, so it is not listed.
 */
export function unreadable(file: { path: string; yaml: YamlText }): { skipped: Skipped; listed: boolean } | undefined {
  const { yaml, path } = file
  const problem = [...yaml.problems, ...yaml.documents.flatMap((document) => document.problems)].find(
    ({ rule, manifestOnly }) => (rule === 'yaml/syntax' || rule === 'yaml/limit') && !manifestOnly,
  )
  if (!problem) return undefined
  const { line } = yaml.positions.at(problem.offset)
  return { skipped: { file: path, line, reason: problem.message }, listed: basename(path).includes('.') }
}
