import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HttpAnswer } from '../../src/forge/github/exchange.ts'
import { judge, type Outcome } from '../../src/forge/github/policy.ts'
import { parseRetryAfter } from '../../src/forge/github/retry-after.ts'

const NOW = Date.UTC(2026, 8, 1, 12)
const answer = (status: number, text = '{}', headers: HttpAnswer['headers'] = {}): Outcome => ({
  answer: { status, text, headers },
})
const SECONDARY = '{"message":"You have exceeded a secondary rate limit."}'
const PRIMARY = '{"message":"API rate limit exceeded for installation."}'
const LIMITED_GRAPHQL = '{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}'
const remaining = (seconds: number) => ({
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': `${NOW / 1000 + seconds}`,
})

test.each<[string, Outcome, 'read' | 'write', number, object]>([
  ['an answer', answer(200), 'read', 1, { do: 'accept' }],
  ['nothing to say', answer(204, ''), 'write', 1, { do: 'accept' }],
  ['a refusal', answer(422), 'write', 1, { do: 'accept' }],
  ['no permission', answer(403, '{"message":"Resource not accessible by integration"}'), 'read', 1, { do: 'accept' }],
  ['no permission with the last request', answer(403, '{"message":"no"}', remaining(9)), 'read', 1, { do: 'accept' }],
  ['502 to a read', answer(502), 'read', 1, { do: 'wait', milliseconds: 1000 }],
  ['502 again', answer(502), 'read', 2, { do: 'wait', milliseconds: 2000 }],
  ['502 a third time', answer(502), 'read', 3, { do: 'lost' }],
  ['502 to a write', answer(502), 'write', 1, { do: 'lost', why: 'it answered 502' }],
  ['a dropped read', { lost: 'socket hang up' }, 'read', 1, { do: 'wait', why: 'socket hang up' }],
  ['a dropped write', { lost: 'socket hang up' }, 'write', 1, { do: 'lost', why: 'socket hang up' }],
  ['HTML to a read', answer(200, '<html>'), 'read', 1, { do: 'wait' }],
  ['HTML to a write', answer(200, '<html>'), 'write', 1, { do: 'lost' }],
  ['cut JSON to a write', answer(201, '{"number": 1'), 'write', 1, { do: 'lost' }],
  ['an empty answer to a write', answer(201, ''), 'write', 1, { do: 'lost' }],
  ['a redirect without a place', answer(302, ''), 'write', 1, { do: 'lost' }],
  ['429 with seconds', answer(429, '{}', { 'retry-after': '30' }), 'write', 1, { do: 'wait', milliseconds: 30_000 }],
  ['429 with garbage', answer(429, '{}', { 'retry-after': '-5' }), 'read', 1, { do: 'wait', milliseconds: 60_000 }],
  [
    '429 with a day',
    answer(429, '{}', { 'retry-after': '86400' }),
    'read',
    1,
    { do: 'limited', milliseconds: 86_400_000 },
  ],
  ['a secondary limit', answer(403, SECONDARY), 'write', 1, { do: 'wait', milliseconds: 60_000 }],
  ['the same again', answer(403, SECONDARY), 'write', 2, { do: 'wait', milliseconds: 120_000 }],
  ['and again', answer(403, SECONDARY), 'write', 3, { do: 'limited' }],
  ['the hour is over soon', answer(403, PRIMARY, remaining(20)), 'write', 1, { do: 'wait', milliseconds: 21_000 }],
  ['the hour is not', answer(403, PRIMARY, remaining(1800)), 'read', 1, { do: 'limited', milliseconds: 1_801_000 }],
  ['a limit of GraphQL', answer(200, LIMITED_GRAPHQL, remaining(5)), 'read', 1, { do: 'wait', milliseconds: 6000 }],
  [
    'words about limits in a title',
    answer(200, '{"data":{"title":"\\"type\\":\\"RATE_LIMITED\\""}}'),
    'read',
    1,
    { do: 'accept' },
  ],
])('%s', (_, outcome, kind, attempt, expected) => {
  expect(judge(outcome, { attempt, write: kind === 'write', now: NOW })).toMatchObject(expected)
})

test.each([
  ['0', 0],
  ['120', 120_000],
  ['Tue, 01 Sep 2026 12:01:00 GMT', 60_000],
  ['Tue, 01 Sep 2026 11:00:00 GMT', undefined],
  ['1.5', undefined],
  ['-1', undefined],
  ['soon', undefined],
  ['2026-09-01T13:00:00Z', undefined],
  ['', undefined],
  [undefined, undefined],
])('retry-after %s', (header, expected) => {
  expect(parseRetryAfter(header, NOW)).toBe(expected)
})

test('no answer makes a program wait for more than two minutes, or a write happen twice unless it was refused', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('{}', SECONDARY, PRIMARY, LIMITED_GRAPHQL))
  const header = fc.oneof(fc.string(), fc.integer().map(String), fc.constant(undefined))
  const headers = fc.record({ 'retry-after': header, 'x-ratelimit-remaining': header, 'x-ratelimit-reset': header })
  const of = fc.record({ status: fc.integer({ min: 100, max: 599 }), text, headers })
  fc.assert(
    fc.property(of, fc.integer({ min: 1, max: 3 }), fc.boolean(), (given, attempt, write) => {
      const verdict = judge({ answer: given }, { attempt, write, now: NOW })
      if (verdict.do !== 'wait') return
      expect(verdict.milliseconds).toBeLessThanOrEqual(120_000)
      expect(attempt).toBeLessThan(3)
      if (write) expect(verdict.why).toBe('a rate limit')
    }),
  )
})
