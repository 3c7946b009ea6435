import { visible } from './neutralise.ts'

const WIDTH = 100

/** The source line of a finding, and under it a caret at its column. Long lines are cut around the caret. */
export function excerpt(line: string, column: number): { text: string; caret: string } {
  const before = line.slice(0, column - 1)
  const start = before.length > WIDTH * 0.7 ? before.length - Math.floor(WIDTH * 0.5) : 0
  const cut = line.slice(start, start + WIDTH)
  const text = `${start > 0 ? '…' : ''}${spaced(cut)}${start + WIDTH < line.length ? '…' : ''}`
  const indent = (start > 0 ? 1 : 0) + displayWidth(spaced(before.slice(start)))
  return { text, caret: `${' '.repeat(indent)}^` }
}

/** A tab is as wide as the terminal likes; two blanks are not. */
function spaced(text: string): string {
  return visible(text.replaceAll('\t', '  '))
}

/** East Asian wide characters and emoji take two columns. */
function displayWidth(text: string): number {
  let width = 0
  for (const character of text)
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1
  return width
}
