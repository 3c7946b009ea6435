import type { YamlLimits } from '../yaml/limits.ts'
import type { Position } from '../yaml/position.ts'
import { readYaml } from '../yaml/read.ts'

/** What puts text of several lines in, whose indentation is the template's to get right. */
const INSERTION = /\{\{-?[^}]*\b(?:toYaml|toYamlPretty|include|tpl|template|indent|nindent|Files\.Get)\b/

/** Characters of a line that are looked at. */
const LONGEST = 1000

/**
 * Where a template most likely has the mistake that makes what it renders to no YAML. Helm tells a line of the rendered
 * text, which is none of the file. A mistake in what the author wrote shows in the template without its actions; else it
 * comes with text that an action puts in, and then with the last one that can stand before that line.
 *
 * @param line of the rendered text, from 1
 */
export function faultInTemplate(text: string, line: number | undefined, limits: YamlLimits): Position {
  const bare = readYaml(withoutActions(text), limits)
  const [first] = bare.problems.filter(({ rule }) => rule === 'yaml/syntax').map(({ offset }) => offset)
  const isAtEnd = first !== undefined && bare.text.slice(first).trim() === ''
  if (first !== undefined && !isAtEnd) return bare.positions.at(startOfWord(bare.text, first))
  const lines = text.split(/\r\n|\r|\n/)
  const at = (number: number) => {
    const within = Math.max(1, Math.min(number, lines.length))
    return { line: within, column: Math.max(0, lines[within - 1]?.search(/\S/) ?? 0) + 1 }
  }
  // What nobody closes is noticed at the end; Helm tells where it began.
  if (isAtEnd) return at(line ?? lines.length)
  const insertions = lines.flatMap((each, index) => (INSERTION.test(each.slice(0, LONGEST)) ? index + 1 : []))
  const before = insertions.filter((number) => line === undefined || number <= line)
  return at(before.at(-1) ?? insertions[0] ?? line ?? 1)
}

/** Lines of nothing but actions are blank, and what an action writes within a line is a word; offsets stay. */
function withoutActions(text: string): string {
  const lines = withMarkedActions(text).split(/(\r\n|\r|\n)/)
  return lines.map((line) => line.replaceAll(MARK, line.replaceAll(MARK, '').trim() === '' ? ' ' : 'x')).join('')
}

/** No YAML holds it, so it stands for an action's characters until it is known what else is in the line. */
const MARK = '\u0001'

/** A text of a pull request may be long and made to be slow, so actions are sought from each end to the next begin. */
function withMarkedActions(text: string): string {
  let marked = ''
  let at = 0
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', at)) {
    const isComment = /^-?\s*\/\*/.test(text.slice(start + 2, start + 12))
    const from = isComment ? text.indexOf('*/', start) : start
    const end = from < 0 ? -1 : text.indexOf('}}', from)
    if (end < 0) break
    const action = text.slice(start, end + 2)
    const mark = /[\r\n]/.test(action) ? ' ' : MARK
    marked += text.slice(at, start) + action.replace(/[^\r\n]/g, mark)
    at = end + 2
  }
  return marked + text.slice(at)
}

/** The parser stops behind what it stumbles over. */
function startOfWord(text: string, offset: number): number {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1
  const indent = text.slice(start).search(/[^ \t]/)
  return start + Math.max(0, indent)
}
