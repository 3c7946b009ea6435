import { visible } from './neutralise.ts'

const WIDTH = 100

/**
 * The source line of a finding, and the blanks and caret to put under it. Long lines are cut around the caret, at
 * whole characters.
 *
 * @param column counts from 1, in UTF-16 units
 */
export function excerpt(line: string, column: number): { text: string; caret: string } {
  const before = line.slice(0, column - 1)
  const start = before.length > WIDTH * 0.7 ? characterStart(line, before.length - WIDTH / 2) : 0
  const end = characterStart(line, start + WIDTH)
  const text = `${start > 0 ? '…' : ''}${spaced(line.slice(start, end))}${end < line.length ? '…' : ''}`
  const indent = (start > 0 ? 1 : 0) + displayWidth(spaced(before.slice(start)))
  return { text, caret: `${' '.repeat(indent)}^` }
}

/** Where the character that holds this UTF-16 unit starts. */
function characterStart(line: string, index: number): number {
  if (index >= line.length) return line.length
  return (line.codePointAt(index - 1) ?? 0) > 0xffff ? index - 1 : index
}

/** A tab is as wide as the terminal likes; two blanks are not. */
function spaced(text: string): string {
  return visible(text.replaceAll('\t', '  '))
}

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

/** East Asian wide characters and emoji take two columns, combining marks none. */
function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += /\p{M}/u.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}
