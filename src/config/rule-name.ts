import { RULES, type RuleId } from '../report/finding.ts'
import { nearest } from '../report/nearest.ts'

const POLICY = /^policy\/[A-Za-z0-9][A-Za-z0-9._-]*$/

/** What a rule may be called, for the published JSON Schema. */
export const RULE_NAMES = { anyOf: [{ enum: [...RULES] }, { pattern: POLICY.source }] }

export function isRule(name: string): name is RuleId {
  return (RULES as readonly string[]).includes(name) || POLICY.test(name)
}

/** Says that there is no such rule, with the one that was probably meant. */
export function unknownRule(name: string): string {
  const close = nearest(name, RULES) ?? RULES.find((rule) => rule.endsWith(`/${name}`))
  return `There is no rule ${JSON.stringify(name)}${close ? `; did you mean ${close}?` : '; docs/rules.md lists them all.'}`
}
