import { describe, expect, test } from 'vitest'
import { parseWindow } from '../../src/config/window.ts'

const EVERY = (least: number, most: number) => Array.from({ length: most - least + 1 }, (_, index) => least + index)

describe('hours of weekdays', () => {
  test.each([
    ['Mon-Thu 09:00-16:00 Europe/Berlin', [1, 2, 3, 4], 540, 960, 'Europe/Berlin'],
    ['Mon,Wed,Fri 9:00-16:30', [1, 3, 5], 540, 990, 'UTC'],
    ['Fri-Mon 00:00-24:00 UTC', [0, 1, 5, 6], 0, 1440, 'UTC'],
    ['sun 22:00-02:00', [0], 1320, 120, 'UTC'],
    ['Mon-Sun 22:00-00:00', [0, 1, 2, 3, 4, 5, 6], 1320, 0, 'UTC'],
    ['  Tue   09:00-10:00   America/Argentina/Buenos_Aires ', [2], 540, 600, 'America/Argentina/Buenos_Aires'],
    ['Mon-Mon 09:00-10:00 Etc/GMT+1', [1], 540, 600, 'Etc/GMT+1'],
  ])('%s', (text, days, opens, closes, zone) => {
    expect(parseWindow(text)).toEqual({ ok: true, value: { text, zone, is: 'weekly', days, opens, closes } })
  })
})

describe('a cron expression with a length', () => {
  const always = {
    minutes: EVERY(0, 59),
    hours: EVERY(0, 23),
    days: EVERY(1, 31),
    months: EVERY(1, 12),
    weekdays: EVERY(0, 6),
    dayRule: 'both',
  }
  test.each([
    ['* * * * * for 1m', {}],
    ['0 9 * * 1-5 for 8h Europe/Berlin', { minutes: [0], hours: [9], weekdays: [1, 2, 3, 4, 5] }],
    ['0,30 8-10 * * MON,fri for 1h', { minutes: [0, 30], hours: [8, 9, 10], weekdays: [1, 5] }],
    ['*/20 22/1 * * 7 for 1h', { minutes: [0, 20, 40], hours: [22, 23], weekdays: [0] }],
    [
      '5-50/15 0 1,15 jan-mar,12 * for 1h',
      { minutes: [5, 20, 35, 50], hours: [0], days: [1, 15], months: [1, 2, 3, 12] },
    ],
    ['0 0 13 * 5 for 1d', { minutes: [0], hours: [0], days: [13], weekdays: [5], dayRule: 'either' }],
    ['0 0 29 2 * for 1d', { minutes: [0], hours: [0], days: [29], months: [2] }],
    ['0 0 31 2 5 for 1d', { minutes: [0], hours: [0], days: [31], months: [2], weekdays: [5], dayRule: 'either' }],
  ])('%s', (text, expected) => {
    expect(parseWindow(text)).toMatchObject({
      ok: true,
      value: { text, is: 'cron', opens: { ...always, ...expected } },
    })
  })

  test('knows its length and zone', () => {
    expect(parseWindow('0 9 * * 1-5 for 1h30m Asia/Tokyo')).toMatchObject({
      value: { length: 5_400_000, zone: 'Asia/Tokyo' },
    })
  })
})

describe('what is no window says why', () => {
  const FORMS =
    'must be hours such as "Mon-Thu 09:00-16:00 Europe/Berlin" or a cron expression with a length such as "0 9 * * 1-5 for 8h Europe/Berlin"'
  const DAYS = 'must start with days such as Mon-Thu or Mon,Wed,Fri'
  const HOURS = 'must have hours such as 09:00-16:00'
  const CRON = 'must have five cron fields, then "for" and a duration such as 8h'
  const NEVER = 'never opens: no such day is in these months'
  const ZONE = 'names no time zone; write one such as Europe/Berlin'
  test.each([
    ['', FORMS],
    ['always', FORMS],
    ['09:00-16:00', FORMS],
    ['Mon 09:00-16:00 Europe/Berlin please', FORMS],
    ['0 9 * * 1-5 8h', FORMS],
    ['Monday 09:00-16:00', DAYS],
    ['Mon-Tue-Wed 09:00-16:00', DAYS],
    ['Mon, 09:00-16:00', DAYS],
    ['1-5 09:00-16:00', DAYS],
    ['Mon 9-16', HOURS],
    ['Mon 09:00-16:60', HOURS],
    ['Mon 09:00-24:01', HOURS],
    ['Mon 24:00-01:00', HOURS],
    ['Mon 09:00-16:00-17:00', HOURS],
    ['Mon 09:00-09:00', 'never opens: it closes when it opens; write 00:00-24:00 for the whole day'],
    ['Mon 09:00-16:00 Mars/Olympus', ZONE],
    ['Mon 09:00-16:00 +02:00', ZONE],
    ['Mon 09:00-16:00 Europe/Berln', 'names no time zone; did you mean Europe/Berlin?'],
    ['0 9 * * 1-5 for', FORMS],
    ['0 9 * * 1-5 for ever', CRON],
    ['0 9 * * 1-5 for 0s', CRON],
    ['0 9 * * for 8h UTC UTC', CRON],
    ['60 9 * * * for 8h', 'must have minutes from 0 to 59'],
    ['-1 9 * * * for 8h', 'must have minutes from 0 to 59'],
    ['*/0 9 * * * for 8h', 'must have minutes from 0 to 59'],
    ['5-1 9 * * * for 8h', 'must have minutes from 0 to 59'],
    ['1-2-3 9 * * * for 8h', 'must have minutes from 0 to 59'],
    ['1, 9 * * * for 8h', 'must have minutes from 0 to 59'],
    ['0 24 * * * for 8h', 'must have hours from 0 to 23'],
    ['0 9 0 * * for 8h', 'must have days of the month from 1 to 31'],
    ['0 9 * 13 * for 8h', 'must have months from 1 to 12'],
    ['0 9 * foo * for 8h', 'must have months from 1 to 12'],
    ['0 9 * * 8 for 8h', 'must have days of the week from 0 to 7'],
    ['0 9 30 2 * for 8h', NEVER],
    ['0 9 31 4,6,9,11 * for 8h', NEVER],
  ])('%j', (text, problem) => {
    expect(parseWindow(text)).toEqual({ ok: false, problem })
  })
})
