import { describe, expect, test } from 'vitest'
import { parseDay } from '../../src/config/day.ts'
import { parseHoldReason, parseHoldTarget } from '../../src/config/hold.ts'
import { parseKubernetesMinor } from '../../src/config/kubernetes-version.ts'
import { parseSize } from '../../src/config/size.ts'

test.each([
  ['2026-12-20', Date.UTC(2026, 11, 20)],
  ['2028-02-29', Date.UTC(2028, 1, 29)],
  ['2027-02-29', undefined],
  ['2026-02-30', undefined],
  ['2026-13-01', undefined],
  ['2026-1-1', undefined],
  ['2026-12-20T00:00Z', undefined],
  ['20.12.2026', undefined],
  ['', undefined],
])('the day %j', (text, instant) => {
  expect(parseDay(text)).toBe(instant)
})

test.each([
  ['0B', 0],
  ['1000B', 1000],
  ['512KiB', 524_288],
  ['64MiB', 67_108_864],
  ['4GiB', 4_294_967_296],
  ['64', undefined],
  ['64MB', undefined],
  ['64Mi', undefined],
  ['64 MiB', undefined],
  ['-1KiB', undefined],
  ['1.5GiB', undefined],
  ['999999999999GiB', undefined],
])('the size %j', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

test.each([
  ['1.34', '1.34'],
  ['v1.34', '1.34'],
  ['1.34.2', '1.34'],
  ['v1.34.2', '1.34'],
  ['1', undefined],
  ['latest', undefined],
  ['1.34.x', undefined],
  ['1.34-eks', undefined],
])('the Kubernetes version %j', (text, minor) => {
  expect(parseKubernetesMinor(text)).toBe(minor)
})

describe('a hold', () => {
  test.each([
    ['web@prod', 'web', 'prod'],
    ['eu/web@prod', 'eu/web', 'prod'],
    ['*@prod', '*', 'prod'],
    ['web@*', 'web', '*'],
    ['a@b@prod', 'a@b', 'prod'],
    [' web @ prod ', 'web', 'prod'],
  ])('%j names an application and an environment', (text, app, environment) => {
    expect(parseHoldTarget(text)).toEqual({ ok: true, value: { app, environment } })
  })

  test.each(['', 'web', '@prod', 'web@', '@', ' @ '])('%j names none', (text) => {
    expect(parseHoldTarget(text)).toMatchObject({ ok: false })
  })

  const until = Date.UTC(2026, 9, 1)
  test.each([
    ['load test', { reason: 'load test' }],
    ['until 2026-10-01', { reason: 'until 2026-10-01', until }],
    ['load test until 2026-10-01', { reason: 'load test until 2026-10-01', until }],
    [' load test until  2026-10-01 ', { reason: 'load test until  2026-10-01', until }],
    ['until the migration', { reason: 'until the migration' }],
    ['until 2 people agree', { reason: 'until 2 people agree' }],
    ['until this is mended', { reason: 'until this is mended' }],
    ['until maybe', { reason: 'until maybe' }],
    ['until we say so until 2026-10-01', { reason: 'until we say so until 2026-10-01', until }],
  ])('%j', (text, value) => {
    expect(parseHoldReason(text)).toEqual({ ok: true, value })
  })

  test.each([
    ['', 'must say why it is held'],
    [' ', 'must say why it is held'],
    ['until 2026-02-30', 'must end with a date such as until 2026-10-01'],
    ['no until tomorrow', 'must end with a date such as until 2026-10-01'],
    ['waits until Monday', 'must end with a date such as until 2026-10-01'],
    ['Until Oct 1', 'must end with a date such as until 2026-10-01'],
    ['until 1 October', 'must end with a date such as until 2026-10-01'],
    ['until end of the week', 'must end with a date such as until 2026-10-01'],
    ['until next week', 'must end with a date such as until 2026-10-01'],
    ['until 2026-10-01 we wait', 'must end with a date such as until 2026-10-01'],
    ['tests until 1.10.2026', 'must end with a date such as until 2026-10-01'],
  ])('%j is refused', (text, problem) => {
    expect(parseHoldReason(text)).toEqual({ ok: false, problem })
  })
})
