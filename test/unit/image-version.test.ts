import { expect, test } from 'vitest'
import { chartSelection, isRef, looksLikeVersion, refSelection } from '../../src/image/version.ts'

test.each([
  ['1.2.3', 'exact'],
  ['v1.2.3', 'exact'],
  ['1.2.3-rc.1+build.5', 'exact'],
  ['1.2', 'range'],
  ['1', 'range'],
  ['1.x', 'range'],
  ['1.2.x', 'range'],
  ['^1.2.3', 'range'],
  ['~1.2.3', 'range'],
  ['>=1.0.0-alpha', 'range'],
  ['>= 1.8.0-rc.0', 'range'],
  ['*', 'range'],
  ['1.2.3 || 2.0.0', 'range'],
  ['', 'range'],
])('the chart version %j is %s', (text, expected) => {
  expect(chartSelection(text)).toBe(expected)
})

test.each([
  ['v1.2.3', 'exact'],
  ['v9', 'exact'],
  ['release-2026-01-01', 'exact'],
  ['refs/tags/v1', 'exact'],
  ['547914854b06c8725dc609a872b5c62e2b935663', 'exact'],
  ['706798e', 'exact'],
  ['1234567', 'exact'],
  ['my-chart-1.2.3', 'exact'],
  ['main', 'branch'],
  ['HEAD', 'branch'],
  ['master', 'branch'],
  ['deadbeef', 'branch'],
  ['refs/heads/v1', 'branch'],
  ['release/1.30', 'branch'],
  ['release-1.30', 'branch'],
  ['feature/JIRA-123', 'branch'],
  ['1.x', 'range'],
  ['v1.*', 'range'],
  ['>=1.0.0', 'range'],
  ['~1.2', 'range'],
])('the revision %j is %s', (text, expected) => {
  expect(refSelection(text)).toBe(expected)
})

test('a revision is a name that Git accepts and nothing takes for an option', () => {
  expect(['v1.2.3', 'a/b', 'x@y', 'ünïcode-1'].filter((text) => !isRef(text))).toEqual([])
  const wrong = [
    '',
    '-x',
    '--upload-pack=x',
    'a b',
    'a\nb',
    'a..b',
    'a:b',
    'a~1',
    'a^',
    'a?',
    '[a',
    'a\\b',
    'a//b',
    'a/',
    'a.lock',
    'a@{1}',
  ]
  expect(wrong.filter(isRef)).toEqual([])
})

test('what reads as a version without a word around it', () => {
  expect(
    ['1.2', 'v1', 'v1.2.3-rc.1', '1a2b3c4', 'main-1a2b3c4', 'prod-76b7900'].filter((text) => !looksLikeVersion(text)),
  ).toEqual([])
  expect(['', '1', 'latest', 'main', 'node1', 'kubernetes.*', 'deadbeef', 'app.log'].filter(looksLikeVersion)).toEqual(
    [],
  )
})
