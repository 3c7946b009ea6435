import { EVENT_ID, type Event, type ParserOptions, parseEvents, YAMLException } from 'js-yaml'

/** Characters read in vain until a text with many such lines is given up. */
const MOST_READ = 2 ** 25

/**
 * The events of a text, also where lines within `[ ]`, `{ }` or quotes are indented less than YAML 1.2 asks for. go-yaml, and
 * so the cluster, minds no indentation there, and a closing bracket below its key is common. Such a line is read as
 * the end of the line before it; offsets stay.
 */
export function parseLoosely(text: string, options: ParserOptions): Event[] {
  const deficient: YAMLException[] = []
  let joined = text
  for (let read = 0; ; read += text.length) {
    try {
      const events = parseEvents(joined, options)
      if (deficient.length > 0) foldAgain(text, events)
      return events
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error
      const next = read < MOST_READ ? withLineJoined(joined, error) : undefined
      if (next === undefined) throw firstCause(error, deficient, joined)
      deficient.push(error)
      joined = next
    }
  }
}

function withLineJoined(text: string, { reason, mark }: YAMLException): string | undefined {
  if (reason !== 'deficient indentation' || !mark) return undefined
  const { position } = mark
  const gap = gapBefore(text, position)
  if (text.slice(gap, position).includes('\t')) return blanked(text, gap, position)
  const above = /\r\n$|[\r\n]$/.exec(text.slice(Math.max(0, gap - 2), gap))
  if (!above || /^(?:---|\.\.\.)(?=\s|$)/.test(text.slice(gap, gap + 4))) return undefined
  const end = gap - above[0].length
  const start = lineStart(text, end)
  return blanked(text, start + commentStart(text.slice(start, end)), gap)
}

function blanked(text: string, from: number, to: number): string {
  return text.slice(0, from) + ' '.repeat(to - from) + text.slice(to)
}

function gapBefore(text: string, offset: number): number {
  let start = offset
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--
  return start
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
}

/** Where the comment of a line begins, or its length. */
function commentStart(line: string): number {
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string
    const before = at === 0 ? ' ' : (line[at - 1] as string)
    if (quote !== '') {
      if (char === '\\' && quote === '"') at++
      else if (char === quote) quote = ''
    } else if (char === '#' && /\s/.test(before)) return at
    else if (/["']/.test(char) && /[\s[{,:]/.test(before)) quote = char
  }
  return line.length
}

/** What a bracket or quote that nobody closed has swallowed: the fault is where that began. */
function firstCause(error: YAMLException, deficient: readonly YAMLException[], joined: string): YAMLException {
  const offset = error.mark?.position ?? 0
  const start = lineStart(joined, joined.slice(0, offset).trimEnd().length)
  return deficient.find(({ mark }) => mark && mark.position >= start && mark.position <= offset) ?? error
}

/** Scalars over several lines of the text were on one when they were read. */
function foldAgain(text: string, events: readonly Event[]): void {
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || !event.fast || event.valueStart < 0) continue
    if (/[\r\n]/.test(text.slice(event.valueStart, event.valueEnd))) event.fast = false
  }
}
