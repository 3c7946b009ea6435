/** A line and column, both from 1; the column counts UTF-16 units. */
export interface Position {
  line: number
  column: number
}

/** Turns offsets of one text into positions. The line starts are found once, when first asked for. */
export class Positions {
  readonly #text: string
  #starts: number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  at(offset: number): Position {
    const starts = this.#lineStarts()
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1 }
  }

  /** The text of a line (from 1) without its line break, or `undefined` beyond the end. */
  line(number: number): string | undefined {
    const starts = this.#lineStarts()
    const start = starts[number - 1]
    if (start === undefined) return undefined
    return this.#text.slice(start, starts[number] ?? this.#text.length).replace(/[\r\n]+$/, '')
  }

  /** Lines end at LF, CRLF or a lone CR, as YAML has it. */
  #lineStarts(): number[] {
    if (this.#starts) return this.#starts
    const starts = [0]
    const breaks = /\r\n?|\n/g
    while (breaks.exec(this.#text)) starts.push(breaks.lastIndex)
    this.#starts = starts
    return starts
  }
}
