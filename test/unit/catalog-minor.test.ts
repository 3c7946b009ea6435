import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareMinors, resolveMinor } from '../../src/kubernetes/catalog-minor.ts'

const MINORS = ['1.24', '1.25', '1.27', '1.34', '1.36']

describe('resolveMinor', () => {
  test.each([
    [undefined, '1.36'],
    ['1.34', '1.34'],
    ['v1.34', '1.34'],
    ['1.34.4', '1.34'],
    ['v1.34.4', '1.34'],
    [' 1.34 ', '1.34'],
    ['v1.34.4-gke.1080000', '1.34'],
    ['1.34.4+k3s1', '1.34'],
    ['1.24', '1.24'],
  ])('%j is %s', (requested, minor) => {
    expect(resolveMinor(requested, MINORS)).toEqual({ minor })
  })

  test.each([
    ['1.26', '1.25'],
    ['1.33.1', '1.27'],
    ['v1.35', '1.34'],
  ])('%s is between two, so %s with a notice', (requested, minor) => {
    const resolved = resolveMinor(requested, MINORS)
    expect(resolved).toEqual({ minor, notice: expect.stringContaining(`those of ${minor} are used`) })
  })

  test.each(['1.23', '1.37', '2.0', '0.34', 'v1.9.1'])('%s is outside, and the range is named', (requested) => {
    const resolved = resolveMinor(requested, MINORS)
    expect(resolved).toEqual({ error: expect.stringMatching(/^Kubernetes .* choose one from 1\.24 to 1\.36\.$/) })
  })

  test.each(['', 'latest', '1', '1.', '1.x', '1.34.', '1.34.4.5', '01.34', '1.034', '1.34-gke', '1.99999', '-1.34'])(
    '%j is no version',
    (requested) => {
      expect(resolveMinor(requested, MINORS)).toEqual({ error: expect.stringContaining('is no Kubernetes version') })
    },
  )

  test('without minors there is nothing to choose', () => {
    expect(resolveMinor('1.34', [])).toHaveProperty('error')
  })

  test('any text is answered, by a known minor or an error', () => {
    fc.assert(
      fc.property(fc.string(), (requested) => {
        const resolved = resolveMinor(requested, MINORS)
        expect('error' in resolved || MINORS.includes(resolved.minor)).toBe(true)
      }),
    )
  })

  test('the answer is the newest that is not newer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 36 }), (number) => {
        const resolved = resolveMinor(`1.${number}`, MINORS)
        const older = MINORS.filter((minor) => compareMinors(minor, `1.${number}`) <= 0)
        expect(resolved).toHaveProperty('minor', older.at(-1))
      }),
    )
  })
})

test.each([
  ['1.9', '1.10', -1],
  ['1.34', '1.34', 0],
  ['2.0', '1.99', 1],
])('%s against %s', (a, b, sign) => {
  expect(Math.sign(compareMinors(a, b))).toBe(sign)
})
