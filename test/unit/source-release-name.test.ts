import fc from 'fast-check'
import { expect, test } from 'vitest'
import { releaseName } from '../../src/source/release-name.ts'

test.each([
  ['web', 'web'],
  ['my_chart', 'my-chart'],
  ['_', 'release-name'],
  ['Web.App-', 'web.app'],
  ['', 'release-name'],
])('%j is released as %s', (chart, name) => {
  expect(releaseName(chart)).toBe(name)
})

test('Helm takes every name', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '9', '-', '.', '_', 'A', 'é', ' ') }), (chart) => {
      expect(releaseName(chart)).toMatch(
        /^(?=.{1,53}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      )
    }),
  )
})
