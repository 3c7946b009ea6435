import picomatch from 'picomatch'
import type { RuleId } from '../report/finding.ts'
import type { Config } from './schema.ts'

/** What the configuration says about a rule in a file. */
export interface RuleSetting {
  severity: 'error' | 'warning' | 'off'
  reason: string
}

/** Answers how `validate.rules` takes a rule in a file. */
export function readRuleSettings(config: Config): (rule: RuleId, file: string) => RuleSetting | undefined {
  const settings = new Map(
    Object.entries(config.validate?.rules ?? {}).map(([rule, { severity, reason, paths }]) => {
      const applies = paths ? picomatch(paths, { dot: true }) : () => true
      return [rule, { severity, reason, applies }]
    }),
  )
  return (rule, file) => {
    const setting = settings.get(rule)
    return setting?.applies(file) ? { severity: setting.severity, reason: setting.reason } : undefined
  }
}

const COMMENT = /#\s*gitops:\s*ignore\s+([\w/.,\s-]*?)\s+because\s+(\S.*)$/

/**
 * Whether a comment beside the line, or alone on the line above it, silences a rule:
 * `# gitops: ignore <rule> because …`. Without a reason it silences nothing.
 */
export function isIgnoredInline(line: string | undefined, above: string | undefined, rule: RuleId): boolean {
  return [line, above !== undefined && /^\s*#/.test(above) ? above : undefined].some((text) => {
    const match = text === undefined ? null : COMMENT.exec(text)
    return match?.[1]?.split(',').some((each) => each.trim() === rule) ?? false
  })
}
