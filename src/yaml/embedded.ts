import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { YamlLimits } from './limits.ts'
import { readYaml, type YamlText } from './read.ts'

/** YAML that a literal block scalar (`|`) holds, and the way from its offsets back to the text around it. */
export interface Embedded {
  readonly yaml: YamlText
  readonly toOuter: (offset: number) => number
}

/**
 * Reads what a block scalar holds. Only a literal one keeps its lines, so that each character stands at one place of
 * the file; of other styles there is nothing (`undefined`).
 */
export function embeddedIn(outer: YamlText, event: number, limits: YamlLimits): Embedded | undefined {
  const scalar = outer.events[event]
  if (scalar?.type !== EVENT_ID.SCALAR || scalar.style !== SCALAR_STYLE.LITERAL_BLOCK) return undefined
  const content = getScalarValue(outer.text, scalar)
  const yaml = readYaml(content, limits)
  const lines = lineStarts(outer.text.slice(scalar.valueStart, scalar.valueEnd)).map((at) => scalar.valueStart + at)
  const indent = Math.max(scalar.indent, 0)
  const toOuter = (offset: number): number => {
    const { line, column } = yaml.positions.at(offset)
    const start = lines[line - 1]
    return start === undefined ? scalar.valueEnd : Math.min(start + indent + column - 1, scalar.valueEnd)
  }
  return { yaml, toOuter }
}

function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n?|\n/g), (match) => match.index + match[0].length)]
}
