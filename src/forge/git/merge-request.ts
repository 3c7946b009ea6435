import type { BranchChange } from '../forge.ts'

/** One push option travels in one line of Git's protocol, of at most 65,516 bytes. */
const LONGEST = 60_000

/**
 * Push options by which GitLab opens the branch's merge request, or updates the open one.
 *
 * Source: https://docs.gitlab.com/topics/git/commit/#push-options-for-merge-requests
 */
export function mergeRequestOptions({ base, title, body }: Pick<BranchChange, 'base' | 'title' | 'body'>): string[] {
  const written = {
    target: base.branch,
    title: title.replace(/\s+/g, ' ').trim(),
    // An option is one line; GitLab reads these two characters as a line break.
    description: cutLines(body.replace(/\r\n?/g, '\n').trim()).replaceAll('\n', '\\n').replaceAll('\0', ''),
  }
  const told = Object.entries(written).filter(([, value]) => value !== '')
  return [
    'merge_request.create',
    ...told.map(([key, value]) => `merge_request.${key}=${value}`),
    'merge_request.remove_source_branch',
  ]
}

/** Whole lines, as many as fit; a code block that was cut is closed. */
function cutLines(text: string): string {
  if (Buffer.byteLength(text) <= LONGEST) return text
  const kept: string[] = []
  let size = 0
  for (const line of text.split('\n')) {
    size += Buffer.byteLength(line) + 2
    if (size > LONGEST) break
    kept.push(line)
  }
  const isOpen = kept.filter((line) => /^\s*```/.test(line)).length % 2 === 1
  return [...kept, ...(isOpen ? ['```'] : []), '', '…'].join('\n')
}
