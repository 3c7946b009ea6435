import type { PathStep } from '../yaml/locate.ts'
import type { Position } from '../yaml/position.ts'

/** A line of a chart's template that writes a key or a list item. */
interface OutlineLine {
  number: number
  indent: number
  key: string
  column: number
  isItem: boolean
  /** What follows the colon, and where. */
  value: string
  valueColumn: number
}

/** How far a path could be followed in a template. */
export interface TemplateMatch {
  position: Position
  /** Where the value stands, if the key's line has it. */
  value?: Position
  /** The steps that no line of the template writes; empty when the field itself was found. */
  rest: readonly PathStep[]
}

const KEY = /^(\s*)((?:- +)*)(["']?)([A-Za-z0-9_./$-]+)\3\s*:(?:\s|$)/

/**
 * Follows a path through a Helm template by its keys and their indentation, as a person would. Template actions are
 * not run, so what they write is not found; the match then ends at the last key that is.
 */
export function findInTemplate(text: string, kind: string, path: readonly PathStep[]): TemplateMatch | undefined {
  const lines = segmentOf(outline(text), kind)
  if (lines.length === 0) return undefined
  let from = 0
  let parent = -1
  let match: TemplateMatch | undefined
  for (const [index, step] of path.entries()) {
    const found = typeof step === 'number' ? nthItem(lines, from, parent, step) : child(lines, from, parent, step)
    if (found === undefined) return match ?? kindLine(lines, path)
    const line = lines[found] as OutlineLine
    if (typeof step === 'number') {
      from = found
      parent = line.indent - 1
      continue
    }
    const value = line.value === '' ? undefined : { line: line.number, column: line.valueColumn }
    match = { position: { line: line.number, column: line.column }, value, rest: path.slice(index + 1) }
    from = found + 1
    parent = line.indent
  }
  return match ?? kindLine(lines, path)
}

function kindLine(lines: readonly OutlineLine[], path: readonly PathStep[]): TemplateMatch | undefined {
  const line = lines.find((each) => each.key === 'kind') ?? lines[0]
  return line && { position: { line: line.number, column: line.column }, rest: path }
}

/** An item's first key stands two columns behind its dash: that is the indentation of the item's keys. */
function outline(text: string): OutlineLine[] {
  const lines: OutlineLine[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const match = KEY.exec(line)
    if (line.startsWith('---'))
      lines.push({ number: index + 1, indent: -1, key: '---', column: 1, isItem: false, value: '', valueColumn: 1 })
    else if (match) {
      const indent = (match[1] as string).length + (match[2] as string).length
      const key = match[4] as string
      const value = line.slice(match[0].length).trim()
      const valueColumn = line.length - line.slice(match[0].length).trimStart().length + 1
      lines.push({ number: index + 1, indent, key, column: indent + 1, isItem: match[2] !== '', value, valueColumn })
    }
  }
  return lines
}

/** The part of a template with several documents that writes this kind. */
function segmentOf(lines: readonly OutlineLine[], kind: string): OutlineLine[] {
  const segments: OutlineLine[][] = [[]]
  for (const line of lines) {
    if (line.key === '---') segments.push([])
    else segments.at(-1)?.push(line)
  }
  const written = segments.filter((segment) => segment.length > 0)
  return (
    written.find((segment) => segment.some((line) => line.key === 'kind' && line.value === kind)) ?? written[0] ?? []
  )
}

function child(lines: readonly OutlineLine[], from: number, parent: number, key: string): number | undefined {
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as OutlineLine
    if (line.indent <= parent || (at > from && line.isItem && line.indent === parent + 1)) return undefined
    if (line.indent > parent && line.key === key) return at
  }
  return undefined
}

function nthItem(lines: readonly OutlineLine[], from: number, parent: number, index: number): number | undefined {
  const items: number[] = []
  let level: number | undefined
  for (let at = from; at < lines.length; at++) {
    const line = lines[at] as OutlineLine
    if (line.indent <= parent && !line.isItem) break
    if (!line.isItem) continue
    level ??= line.indent
    if (line.indent === level) items.push(at)
  }
  return items[index] ?? (items.length === 1 ? items[0] : undefined)
}
