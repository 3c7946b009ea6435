import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCommitMessage } from '../../src/forge/commit-message.ts'
import { parseTrailers, quoteName, unquoteName } from '../../src/forge/trailers.ts'

test('a message: subject, body, trailers, the signature last', () => {
  const message = formatCommitMessage({
    subject: 'Promote web to prod',
    body: '"envs/prod/web.yaml": v1 -> v2\n',
    action: 'promote',
    apps: ['web', 'shop/api #7'],
    from: ['staging-eu', 'staging us'],
    to: 'prod',
    signature: 'Bot <bot@example.com>',
  })
  expect(message).toBe(`Promote web to prod

"envs/prod/web.yaml": v1 -> v2

Gitops-Action: promote
Gitops-App: web
Gitops-App: "shop/api \\u00237"
Gitops-From: staging-eu
Gitops-From: "staging us"
Gitops-To: prod
Signed-off-by: Bot <bot@example.com>
`)
})

test.each([
  ['web', 'web'],
  ['team/web_1.0', 'team/web_1.0'],
  ['a b', '"a b"'],
  ['', '""'],
  ['octo/store#12', '"octo/store\\u002312"'],
  ['#x', '"#x"'],
  ['@alice', '"\\u0040alice"'],
  ['GH-12', '"\\u0047H-12"'],
  ['a\nGitops-Action: rollback', '"a\\nGitops-Action: rollback"'],
  ['\u202egpj', '"\\u202egpj"'],
  ['münchen', '"münchen"'],
])('the name %j is written %s', (name, written) => {
  expect(quoteName(name)).toBe(written)
  expect(unquoteName(written)).toBe(name)
})

test.each([
  ['of the subject', 'Gitops-Action: promote', {}],
  ['of an earlier paragraph', 'a\n\nGitops-Action: promote\n\nlast', {}],
  ['folded', 'a\n\nKey: one\n  two\n', { Key: ['one two'] }],
  [
    'with CRLF',
    'a\r\n\r\nGitops-Action: promote\r\nGitops-To: prod\r\n',
    { 'Gitops-Action': ['promote'], 'Gitops-To': ['prod'] },
  ],
  ['that is no JSON', 'a\n\nKey: "x\n', { Key: ['"x'] }],
  ['that is JSON, but no text', 'a\n\nKey: 12\n', { Key: ['12'] }],
  ['among other lines', 'a\n\n(cherry picked from commit x)\nKey: v\n', { Key: ['v'] }],
])('trailers %s', (_, message, expected) => {
  expect(Object.fromEntries(parseTrailers(message))).toEqual(expected)
})

test('what was written is read, whatever the names', () => {
  const name = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('#1', '"', '\\u0023', 'gh-1', '\u2028', '\ud800'),
  )
  const message = fc.record({
    subject: fc.string({ minLength: 1 }).filter((subject) => subject.trim() !== ''),
    body: fc.string({ unit: fc.constantFrom('a', '\n', ' ', ':', '#', '\r', '-') }),
    action: fc.constantFrom('promote' as const, 'rollback' as const, 'update' as const),
    apps: fc.array(name),
    from: fc.array(name),
    to: name,
    signature: fc.constant('A <a@example.com>'),
  })
  fc.assert(
    fc.property(message, (written) => {
      const trailers = parseTrailers(formatCommitMessage(written))
      expect(trailers.get('Gitops-Action')).toEqual([written.action])
      expect(trailers.get('Gitops-App') ?? []).toEqual(written.apps)
      expect(trailers.get('Gitops-From') ?? []).toEqual(written.from)
      expect(trailers.get('Gitops-To')).toEqual([written.to])
      expect([...trailers.keys()].at(-1)).toBe('Signed-off-by')
    }),
  )
})

test('no name makes a line, a link or a hidden character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(quoteName(name)).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]|#\d|@|gh-\d/iu)
    }),
  )
})
