import type { RuleId } from '../report/finding.ts'
import { isRule, unknownRule } from './rule-name.ts'
import type { Config } from './schema.ts'

/** What `validate.rules` says of a rule in a file: its weight there, and why. */
export function ruleSetting(
  config: Pick<Config, 'validate'>,
  rule: RuleId,
  file: string,
): { severity: 'error' | 'warning' | 'off'; reason: string } | undefined {
  const setting = config.validate.rules.get(rule)
  return setting?.covers(file) ? { severity: setting.severity, reason: setting.reason } : undefined
}

/** A comment beside a finding: why it is to be ignored, or what is wrong with the comment, which then ignores nothing. */
export type InlineIgnore = { reason: string } | { problem: string }

const COMMENT = /(?:^|\s)#\s*gitops:\s*ignore(?:\s+(.*))?$/
const FORM = '# gitops: ignore <rule> because <reason>'

/**
 * Reads `# gitops: ignore <rule>[, <rule>…] because …` at the end of a finding's line, or alone on the line above it;
 * `undefined` where no comment speaks of the rule.
 */
export function inlineIgnore(
  line: string | undefined,
  above: string | undefined,
  rule: RuleId,
): InlineIgnore | undefined {
  const alone = above !== undefined && /^\s*#/.test(above) ? above : undefined
  const found = [line, alone].flatMap((text) => (text === undefined ? [] : (readComment(text, rule) ?? [])))
  return found.find((ignore) => 'reason' in ignore) ?? found[0]
}

function readComment(line: string, rule: RuleId): InlineIgnore | undefined {
  const match = COMMENT.exec(line)
  if (!match) return undefined
  const [list = '', reason = ''] = splitOnce(match[1] ?? '', /(?:^|\s)because(?:\s|$)/i)
  const rules = list.split(/[\s,]+/).filter((word) => word !== '')
  if (rules.length === 0) return { problem: `This comment names no rule: write ${FORM}.` }
  if (rules.includes(rule)) {
    if (reason !== '') return { reason }
    return { problem: `This comment gives no reason, so it ignores nothing: write ${FORM}.` }
  }
  const unknown = rules.find((word) => !isRule(word))
  return unknown === undefined ? undefined : { problem: `${unknownRule(unknown)} This comment ignores nothing.` }
}

function splitOnce(text: string, separator: RegExp): [string, string] {
  const match = separator.exec(text)
  if (!match) return [text, '']
  return [text.slice(0, match.index), text.slice(match.index + match[0].length).trim()]
}
