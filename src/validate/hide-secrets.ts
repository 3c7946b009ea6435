import type { Finding } from '../report/finding.ts'

/** A line of a file as it may be quoted; `undefined` where it may not, or is not there. */
export type SourceLine = (file: string, line: number) => string | undefined

/** A file with a Secret in it, or that may hold one, is not quoted; nor is a line that names a credential. */
export function hideSecrets(sourceLine: SourceLine, findings: readonly Finding[]): SourceLine {
  const secret = new Set(
    findings.filter((finding) => finding.resource?.kind === 'Secret').map((finding) => finding.file),
  )
  const unreadable = new Set(
    findings.filter((finding) => finding.rule === 'yaml/syntax').map((finding) => finding.file),
  )
  return (file, line) => {
    if (secret.has(file) || unreadable.has(file)) return undefined
    const text = sourceLine(file, line)
    // An environment variable has its name in the line before or after.
    const around = text === undefined || !/\bvalue["']?\s*:/.test(text) ? [line] : [line - 1, line, line + 1]
    return around.some((each) => NAMES_A_CREDENTIAL.test(sourceLine(file, each) ?? '')) ? undefined : text
  }
}

const NAMES_A_CREDENTIAL = /passw|secret|token|credential|private|api[-_]?key|access[-_]?key|\bauth/i
