import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from '../../src/report/nearest.ts'

test.each<[word: string, candidates: string[], meant: string | undefined]>([
  ['imagePullPolcy', ['image', 'imagePullPolicy', 'name'], 'imagePullPolicy'],
  ['replcias', ['replicas', 'revisionHistoryLimit'], 'replicas'],
  ['Replicas', ['replicas'], 'replicas'],
  ['naem', ['name', 'namespace'], 'name'],
  ['dta', ['data', 'binaryData'], 'data'],
  ['ab', ['xy', 'cd'], undefined],
  ['a', ['b'], undefined],
  ['volume', ['replicas'], undefined],
  ['', ['a'], undefined],
  ['x', [], undefined],
  ['labels', ['label', 'labels'], 'labels'],
])('%j among %j is %j', (word, candidates, meant) => {
  expect(nearest(word, candidates)).toBe(meant)
})

test('a word that is there is meant, whatever stands beside it', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(words, (all) => {
      expect(nearest(all[0] as string, all)).toBe(all[0])
    }),
  )
})

test('one letter changed in a long word is found again', () => {
  const word = fc.stringMatching(/^[a-y]{4,12}$/)
  fc.assert(
    fc.property(word, fc.nat(11), (right, at) => {
      const wrong = `${right.slice(0, at % right.length)}z${right.slice((at % right.length) + 1)}`
      expect(nearest(wrong, [right])).toBe(right)
    }),
  )
})
