import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDuration, parseDuration } from '../../src/report/duration.ts'

describe('parseDuration', () => {
  test.each([
    ['500ms', 500],
    ['5s', 5000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
    ['1h30m', 5_400_000],
    ['1d2h3m4s5ms', 93_784_005],
    ['90m', 5_400_000],
    ['007s', 7000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  test.each([
    ['', 'nothing'],
    ['30', 'no unit'],
    ['h', 'no number'],
    ['1.5h', 'a fraction'],
    ['-1h', 'a sign'],
    ['1 h', 'a space'],
    ['1H', 'a capital'],
    ['1w', 'an unknown unit'],
    ['30m1h', 'small before large'],
    ['1h1h', 'a unit twice'],
    ['1h\n', 'a line break'],
    ['999999999999d', 'more than a number holds'],
    ['1ms2', 'a number at the end'],
    ['١s', 'a digit of another script'],
  ])('%j is none: %s', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('reads back what formatDuration writes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 ** 12 }), (milliseconds) => {
        expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds)
      }),
    )
  })
})

test.each([
  [0, '0s'],
  [-5, '0s'],
  [1, '1ms'],
  [90_000, '1m30s'],
  [86_400_000, '1d'],
  [1500.9, '1s500ms'],
])('formatDuration(%d) is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})
