import type { Config } from '../config/schema.ts'
import { inlineIgnore, ruleSetting } from '../config/silence.ts'
import type { YamlFiles } from '../source/files.ts'
import { Positions } from '../yaml/position.ts'
import type { Silencer } from './ledger.ts'

/**
 * Lets the configuration, and comments beside the line, silence rules or change their weight. A comment without a
 * reason silences nothing; what is wrong with it is said along with the finding.
 */
export function createSilencer(config: Config, files: YamlFiles): Silencer {
  const lines = lineReader(files)
  return (rule, { file, line }) => {
    // A comment is part of the change itself, and no change may say that its own remote bases are not looked at.
    const mayIgnore = rule !== 'render/refused'
    const comment = mayIgnore ? inlineIgnore(lines(file, line), lines(file, line - 1), rule) : undefined
    if (comment && 'reason' in comment) return { severity: 'off' }
    const setting = ruleSetting(config, rule, file)
    return comment ? { severity: setting?.severity, hint: comment.problem } : setting
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
