import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import type { YamlLimits } from '../yaml/limits.ts'
import type { PathStep } from '../yaml/locate.ts'
import type { Position } from '../yaml/position.ts'
import { locateIn, readYaml, type YamlDocument, type YamlText } from '../yaml/read.ts'

/** YAML written inside a scalar of another file: an inline patch, the values of an Application. */
export interface InlineYaml {
  yaml: YamlText
  /** Where an offset of the inner text stands in the outer file. */
  positionOf(offset: number): Position
}

/** Reads the YAML inside the string at a path, with positions in the file around it. */
export function readInline(
  outer: YamlText,
  document: YamlDocument,
  path: readonly PathStep[],
  limits: YamlLimits,
): InlineYaml | undefined {
  const found = locateIn(outer, document, path)
  const event = found && (outer.events[found.event] as Event)
  if (!found || event?.type !== EVENT_ID.SCALAR) return undefined
  const yaml = readYaml(getScalarValue(outer.text, event), limits)
  const start = outer.positions.at(found.value.start)
  if (event.style !== SCALAR_STYLE.LITERAL_BLOCK) return { yaml, positionOf: () => start }
  const first = outer.positions.at(event.valueStart).line
  return {
    yaml,
    positionOf(offset) {
      const { line, column } = yaml.positions.at(offset)
      const written = outer.positions.line(first + line - 1) ?? ''
      const indent = written.length - (yaml.positions.line(line) ?? '').length
      return { line: first + line - 1, column: column + Math.max(0, indent) }
    },
  }
}
