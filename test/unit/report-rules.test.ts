import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.ts'
import { inlineIgnore } from '../../src/config/silence.ts'
import { RULES, type RuleId } from '../../src/report/finding.ts'
import { ruleAnchor, ruleText, ruleUrl } from '../../src/report/rules.ts'

const WARNINGS = [
  'yaml/ambiguous-scalar',
  'schema/unvalidated',
  'api/deprecated',
  'api/warning',
  'list/duplicate-key',
  'image/mutable-tag',
]

const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n'))] as const),
)

describe('the texts of the rules', () => {
  test.each(RULES)('%s has its weight and a text', (rule) => {
    const { severity, title, what } = ruleText(rule)
    expect(severity).toBe(WARNINGS.includes(rule) ? 'warning' : 'error')
    expect(title).toMatch(/^\S.*[^.]$/)
    expect(what).toMatch(/^[A-Z].*\.$/)
  })

  test('policies share one', () => {
    expect(ruleText('policy/a')).toBe(ruleText('policy/b'))
    expect(ruleText('policy/constructor').severity).toBe('error')
  })
})

describe('docs/rules.md', () => {
  test.each([...RULES, 'policy/NAME' as const])('has a section on %s', (rule) => {
    const section = sections.get(rule)
    expect(section).toContain(ruleText(rule).severity === 'error' ? '**Error' : '**Warning')
    for (const part of ['*Why.*', '*Example', '*Fix.*']) expect(section).toContain(part)
    expect(githubAnchor(rule)).toBe(ruleAnchor(rule))
  })

  test('has no section on what is no rule', () => {
    expect([...sections.keys()]).toEqual(['Silencing a rule', ...RULES, 'policy/NAME'])
  })

  test('holds every anchor that it links to', () => {
    const anchors = new Set([...sections.keys()].map(githubAnchor))
    const linked = [...page.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1])
    expect(linked).toEqual(linked.filter((anchor) => anchors.has(anchor as string)))
    expect(linked).not.toEqual([])
  })

  test('shows configuration that is valid', () => {
    const shown = [...page.matchAll(/^```yaml\n((?:validate|limits):\n.*?)^```/gms)].map((match) => match[1] as string)
    expect(shown).toHaveLength(3)
    for (const text of shown) expect(readConfig(text, '.gitops.yaml')).toMatchObject({ ok: true })
  })

  test('shows comments that silence', () => {
    const block = (text: string) => page.split('\n').find((line) => line.includes(text))
    expect(inlineIgnore(block('# gitops: ignore image/'), undefined, 'image/mutable-tag')).toEqual({
      reason: 'it is rebuilt every night',
    })
    expect(inlineIgnore('experimental: true', block('# gitops: ignore schema/'), 'schema/invalid')).toEqual({
      reason: 'our fork of the operator has this field',
    })
  })

  test('is where links lead', () => {
    expect(ruleUrl('yaml/duplicate-key')).toMatch(
      /^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\/main\/docs\/rules\.md#yamlduplicate-key$/,
    )
    expect(ruleUrl('policy/require-team' satisfies RuleId)).toMatch(/#policyname$/)
  })
})

/** As GitHub makes anchors: lower case, punctuation gone but for `-` and `_`, blanks to `-`. */
function githubAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
}
