import type { Config } from '../config/schema.ts'
import { isIgnoredInline, readRuleSettings } from '../config/silence.ts'
import type { YamlFiles } from '../source/files.ts'
import { Positions } from '../yaml/position.ts'
import type { Silencer } from './ledger.ts'

/** Lets the configuration, and comments beside the line, silence rules or change their weight. */
export function createSilencer(config: Config, files: YamlFiles): Silencer {
  const settingOf = readRuleSettings(config)
  const lines = lineReader(files)
  return (rule, { file, line }) => {
    if (isIgnoredInline(lines(file, line), lines(file, line - 1), rule)) return { severity: 'off' }
    return settingOf(rule, file)
  }
}

/** The lines of a tree's files. Only files that have findings are asked for, so their line starts are kept. */
export function lineReader(files: YamlFiles): (file: string, line: number) => string | undefined {
  const positions = new Map<string, Positions | undefined>()
  return (file, line) => {
    if (!positions.has(file)) {
      const decoded = files.decoded(file)
      positions.set(file, decoded?.ok ? new Positions(decoded.text) : undefined)
    }
    return line < 1 ? undefined : positions.get(file)?.line(line)
  }
}
