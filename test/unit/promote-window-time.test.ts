import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWindow, type Window } from '../../src/config/window.ts'
import { windowAt } from '../../src/promote/window-time.ts'

function windowOf(text: string): Window {
  const parsed = parseWindow(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}

function at(text: string, instant: string): string {
  const { open, opens } = windowAt(windowOf(text), Date.parse(instant))
  return open ? 'open' : opens === undefined ? 'never' : new Date(opens).toISOString().slice(0, 16)
}

describe('a window at an instant', () => {
  test.each([
    ['Mon-Thu 09:00-16:00', '2026-07-06T09:00:00Z', 'open'],
    ['Mon-Thu 09:00-16:00', '2026-07-06T08:59:59.999Z', '2026-07-06T09:00'],
    ['Mon-Thu 09:00-16:00', '2026-07-06T15:59:59.999Z', 'open'],
    ['Mon-Thu 09:00-16:00', '2026-07-06T16:00:00Z', '2026-07-07T09:00'],
    ['Mon-Thu 09:00-16:00', '2026-07-10T12:00:00Z', '2026-07-13T09:00'],
    ['Mon-Fri 09:00-16:00 Europe/Berlin', '2026-07-06T07:00:00Z', 'open'],
    ['Mon-Fri 09:00-16:00 Europe/Berlin', '2026-01-05T07:00:00Z', '2026-01-05T08:00'],
    ['Fri 22:00-04:00', '2026-07-11T03:59:00Z', 'open'],
    ['Fri 22:00-04:00', '2026-07-11T04:00:00Z', '2026-07-17T22:00'],
    ['Sun 00:00-24:00 America/New_York', '2026-07-06T03:59:00Z', 'open'],
    ['Sun 00:00-24:00 Pacific/Kiritimati', '2026-07-04T10:00:00Z', 'open'],
    ['Mon-Sun 02:30-03:30 Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
    ['Mon-Sun 02:00-03:00 Europe/Berlin', '2026-10-25T00:30:00Z', 'open'],
    ['0 9 * * 1-5 for 8h Europe/Berlin', '2026-07-06T14:59:00Z', 'open'],
    ['0 9 * * 1-5 for 8h Europe/Berlin', '2026-07-06T15:00:00Z', '2026-07-07T07:00'],
    ['0 0 1 * * for 3d', '2026-07-03T23:59:00Z', 'open'],
    ['0 0 1 * * for 3d', '2026-07-04T00:00:00Z', '2026-08-01T00:00'],
    ['0 0 29 2 * for 1h', '2026-03-01T00:00:00Z', '2028-02-29T00:00'],
    ['*/15 * * * * for 5m', '2026-07-06T10:16:00Z', 'open'],
    ['*/15 * * * * for 5m', '2026-07-06T10:20:00Z', '2026-07-06T10:30'],
  ])('%s at %s: %s', (text, instant, expected) => {
    expect(at(text, instant)).toBe(expected)
  })

  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia')
  const windows = fc
    .tuple(
      fc.constantFrom(
        'Mon-Fri 09:00-16:00',
        'Sat 22:00-02:00',
        '30 2 * * * for 90m',
        'Sun 02:30-03:30',
        '0 0 1,15 * 1 for 26h',
      ),
      zones,
    )
    .map(([text, zone]) => windowOf(`${text} ${zone}`))
  const instants = fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) })

  test('what is closed opens when it says, and not a moment before', () => {
    fc.assert(
      fc.property(windows, instants, (window, now) => {
        const { open, opens } = windowAt(window, now)
        if (open || opens === undefined) return open
        return opens > now && windowAt(window, opens).open && !windowAt(window, opens - 1).open
      }),
      { numRuns: 300 },
    )
  })
})
