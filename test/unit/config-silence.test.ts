import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config/read.ts'
import { DEFAULT_CONFIG } from '../../src/config/schema.ts'
import { inlineIgnore, ruleSetting } from '../../src/config/silence.ts'
import type { RuleId } from '../../src/report/finding.ts'

describe('ruleSetting', () => {
  const read = readConfig(
    `validate:
  rules:
    image/mutable-tag: { severity: error, reason: by digest }
    secret/plaintext: { severity: off, reason: fixtures, paths: [examples, "**/*.test.yaml"] }
    policy/team: { severity: warning, reason: new }
`,
    '.gitops.yaml',
  )
  const config = read.ok ? read.config : DEFAULT_CONFIG

  test.each<[RuleId, string, object | undefined]>([
    ['image/mutable-tag', 'a.yaml', { severity: 'error', reason: 'by digest' }],
    ['secret/plaintext', 'examples/deep/a.yaml', { severity: 'off', reason: 'fixtures' }],
    ['secret/plaintext', 'x/a.test.yaml', { severity: 'off', reason: 'fixtures' }],
    ['secret/plaintext', 'a.yaml', undefined],
    ['policy/team', 'a.yaml', { severity: 'warning', reason: 'new' }],
    ['policy/other', 'a.yaml', undefined],
    ['schema/invalid', 'a.yaml', undefined],
  ])('%s in %s: %j', (rule, file, setting) => {
    expect(ruleSetting(config, rule, file)).toEqual(setting)
  })

  test('nothing is silenced by default', () => {
    expect(ruleSetting(DEFAULT_CONFIG, 'schema/invalid', 'a.yaml')).toBeUndefined()
  })
})

describe('inlineIgnore', () => {
  const rule = 'image/mutable-tag'
  const reason = { reason: 'we like it' }
  const FORM = 'write # gitops: ignore <rule> because <reason>.'
  test.each<[string | undefined, string | undefined, object | undefined]>([
    ['image: a # gitops: ignore image/mutable-tag because we like it', undefined, reason],
    ['image: a # gitops: ignore image/mutable-tag because we like it  ', undefined, reason],
    ['image: a #gitops:ignore image/mutable-tag because we like it', undefined, reason],
    ['image: a # note # gitops: ignore image/mutable-tag because we like it', undefined, reason],
    ['image: a # gitops: ignore schema/invalid, image/mutable-tag because we like it', undefined, reason],
    ['image: a # gitops: ignore schema/invalid,image/mutable-tag BECAUSE we like it', undefined, reason],
    ['image: a', '  # gitops: ignore image/mutable-tag because we like it', reason],
    ['image: a # gitops: ignore image/mutable-tag', '# gitops: ignore image/mutable-tag because we like it', reason],
    ['image: a # gitops: ignore image/mutable-tag because b because c', undefined, { reason: 'b because c' }],
    [
      'image: a # gitops: ignore image/mutable-tag',
      undefined,
      { problem: `This comment gives no reason, so it ignores nothing: ${FORM}` },
    ],
    [
      'image: a # gitops: ignore image/mutable-tag because',
      undefined,
      { problem: `This comment gives no reason, so it ignores nothing: ${FORM}` },
    ],
    ['image: a # gitops: ignore', undefined, { problem: `This comment names no rule: ${FORM}` }],
    ['image: a # gitops: ignore because we like it', undefined, { problem: `This comment names no rule: ${FORM}` }],
    [
      'image: a # gitops: ignore image/mutble-tag because we like it',
      undefined,
      { problem: 'There is no rule "image/mutble-tag"; did you mean image/mutable-tag? This comment ignores nothing.' },
    ],
    ['image: a', 'other: b # gitops: ignore image/mutable-tag because we like it', undefined],
    ['image: a # gitops: ignore schema/invalid because we like it', undefined, undefined],
    ['image: a # gitops: hold until 2026-10-01', undefined, undefined],
    ['image: a # gitops: ignored image/mutable-tag because x', undefined, undefined],
    ['image: a#gitops: ignore image/mutable-tag because x', undefined, undefined],
    ['image: a', '', undefined],
    [undefined, undefined, undefined],
  ])('%j below %j', (line, above, ignore) => {
    expect(inlineIgnore(line, above, rule)).toEqual(ignore)
  })

  test("knows a user's own policies", () => {
    expect(inlineIgnore('a: 1 # gitops: ignore policy/mine because x', undefined, 'policy/mine')).toEqual({
      reason: 'x',
    })
    expect(inlineIgnore('a: 1 # gitops: ignore policy/mine because x', undefined, 'policy/other')).toBeUndefined()
  })
})
