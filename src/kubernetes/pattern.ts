import { RE2JS } from 're2js'

const compiled = new Map<string, RE2JS | undefined>()

/**
 * Whether a value matches a CRD's pattern. RE2 is what Kubernetes itself uses, and it is linear in time, so that a
 * pattern from a pull request can do no harm. `undefined` where the pattern is none: the CRD is at fault, not the value.
 */
export function matchesPattern(value: string, pattern: string): boolean | undefined {
  if (!compiled.has(pattern)) compiled.set(pattern, compile(pattern))
  return compiled.get(pattern)?.matcher(value).find()
}

/** A counted repetition unrolls: what would make a program of more than this is not compiled. */
const MOST_PATTERN = 4096

function compile(pattern: string): RE2JS | undefined {
  if (pattern.length > MOST_PATTERN) return undefined
  try {
    return RE2JS.compile(pattern)
  } catch {
    return undefined
  }
}
