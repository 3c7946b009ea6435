import { formatPatch, structuredPatch } from 'diff'
import { type Colours, colours } from '../report/colour.ts'
import { count } from '../report/count.ts'
import { fenced } from '../report/markdown.ts'
import { markCommand, visible } from '../report/neutralise.ts'
import type { EditedFile } from './edits.ts'

/** The changes of files as unified diffs, for people: what is in them cannot speak to a terminal or a runner. */
export function formatPatches(files: readonly EditedFile[], options: { colour: boolean }): string {
  const paint = colours(options.colour)
  return files.map((file) => `${patchLines(file, paint).join('\n')}\n`).join('\n')
}

/**
 * The same as folded Markdown; nothing where there are no changes.
 *
 * @param most characters: whole files, as many as fit.
 */
export function formatPatchesMarkdown(files: readonly EditedFile[], most = Number.POSITIVE_INFINITY): string {
  const shown: string[] = []
  let length = 0
  for (const file of files) {
    const patch = formatPatches([file], { colour: false })
    length += patch.length
    if (length > most) break
    shown.push(patch)
  }
  if (files.length === 0) return ''
  if (shown.length === 0) return `The changes of ${count(files.length, 'file')} are too long to show here.\n`
  const more = files.length > shown.length ? `\n… and of ${count(files.length - shown.length, 'more file')}.\n` : ''
  return `<details><summary>Changes</summary>\n\n${fenced(shown.join('\n'), 'diff')}\n${more}\n</details>\n`
}

function patchLines({ path, before, after }: EditedFile, paint: Colours): string[] {
  const decoder = new TextDecoder()
  const [old, fresh] = [decoder.decode(before), decoder.decode(after)]
  const patch = structuredPatch(`a/${path}`, `b/${path}`, old, fresh, undefined, undefined, { context: 3 })
  const lines = formatPatch(patch).split('\n').slice(1, -1)
  return lines.map((line) => painted(markCommand(visible(line.replace(/\r$/, ''))), paint))
}

function painted(line: string, paint: Colours): string {
  if (/^(?:---|\+\+\+) /.test(line)) return paint.bold(line)
  if (line.startsWith('@@')) return paint.cyan(line)
  if (line.startsWith('-')) return paint.red(line)
  return line.startsWith('+') ? paint.green(line) : paint.dim(line)
}
