import { type HoldReason, parseHoldReason } from '../config/hold.ts'

const COMMENT = /(?:^|\s)#\s*gitops:\s*hold\b(.*)$/

/**
 * Reads `# gitops: hold until 2026-10-01` or `# gitops: hold waits for the migration` on the line of a version, or alone
 * on the line above it. One whose date nobody can read holds for good: it was meant to hold.
 */
export function holdComment(line: string | undefined, above: string | undefined): HoldReason | undefined {
  const alone = above !== undefined && /^\s*#/.test(above) ? above : undefined
  for (const text of [line, alone]) {
    const words = text === undefined ? undefined : COMMENT.exec(text)?.[1]?.trim()
    if (words === undefined) continue
    if (words === '') return { reason: 'a comment beside it' }
    const parsed = parseHoldReason(words.replace(/^because\s+/, ''))
    return parsed.ok ? parsed.value : { reason: `${words} (which is no date such as 2026-10-01)` }
  }
  return undefined
}
