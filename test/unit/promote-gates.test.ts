import { describe, expect, test } from 'vitest'
import type { Answer, Answers } from '../../src/signal/signal.ts'
import { questionKey } from '../../src/signal/signal.ts'
import { configOf, day, type Files, merged, planFor, reasonOf, told, web } from './promote-world.ts'

const HOUR = 3_600_000
const COMMITS = [web({ staging: 'web:v1', prod: 'web:v1' }), web({ staging: 'web:v2' })]

function config(prod: string, rest = ''): string {
  return `layout: envs/{env}/{app}\nenvironments: { staging: , prod: { from: staging, ${prod} } }\n${rest}`
}

/** The state of the one promotion of v2 into prod. */
function state(text: string, now = day(10), commits: readonly Files[] = COMMITS, answers?: Answers): string {
  const { promotions } = planFor(commits, { config: text, now, ...(answers && { answers }) })
  const [promotion] = promotions
  return [promotion?.status, promotion?.reason].filter(Boolean).join(': ')
}

describe('soak', () => {
  test.each<[what: string, now: number, commits: Files[], state: string]>([
    ['not yet', day(2) + HOUR, COMMITS, 'waiting: Soaks in staging until 2026-01-02T02:00:00Z.'],
    ['a moment before', day(2) + 2 * HOUR - 1, COMMITS, 'waiting: Soaks in staging until 2026-01-02T02:00:00Z.'],
    ['to the moment', day(2) + 2 * HOUR, COMMITS, 'open'],
    [
      'anew with every value',
      day(3) + HOUR,
      [...COMMITS, web({ staging: 'web:v3' })],
      'waiting: Soaks in staging until 2026-01-03T02:00:00Z.',
    ],
    [
      'anew when a value comes back',
      day(4) + HOUR,
      [...COMMITS, web({ staging: 'web:v3' }), web({ staging: 'web:v2' })],
      'waiting: Soaks in staging until 2026-01-04T02:00:00Z.',
    ],
    ['not anew with other changes', day(3) + HOUR, [...COMMITS, web({ staging: 'web:v2', dev: 'web:v9' })], 'open'],
  ])('%s', (_, now, commits, expected) => {
    expect(state(config('soak: 2h'), now, commits)).toBe(expected)
  })

  test('of several images the last one counts; of several sources, too', () => {
    const images = (web1: string, log: string) => [`web:${web1}`, `log:${log}`]
    const commits = [
      web({ staging: images('v1', 'v1'), prod: images('v1', 'v1') }),
      web({ staging: images('v2', 'v1') }),
      web({ staging: images('v2', 'v2') }),
    ]
    expect(state(config('soak: 2h'), day(3) + HOUR, commits)).toBe(
      'waiting: Soaks in staging until 2026-01-03T02:00:00Z.',
    )
    const join = 'layout: envs/{env}/{app}\nenvironments: { eu: , us: , gov: { from: [eu, us], soak: 2h } }\n'
    const both = [web({ eu: 'web:v1', us: 'web:v1', gov: 'web:v1' }), web({ eu: 'web:v2' }), web({ us: 'web:v2' })]
    expect(state(join, day(3) + HOUR, both)).toBe('waiting: Soaks in us until 2026-01-03T02:00:00Z.')
  })
})

describe('the calendar', () => {
  test.each([
    ['before a freeze', day(9), 'open'],
    ['on its first day', day(10), 'waiting: Frozen until 2026-01-13T00:00:00Z.'],
    ['on its last', day(13) - 1, 'waiting: Frozen until 2026-01-13T00:00:00Z.'],
    ['after it', day(13), 'open'],
    ['freezes that touch are one', day(20), 'waiting: Frozen until 2026-01-25T00:00:00Z.'],
  ])('%s', (_, now, expected) => {
    const freeze = 'freeze: [{ from: 2026-01-10, to: 2026-01-12 }, { from: 2026-01-22, to: 2026-01-24 }]'
    expect(state(config('freeze: [{ from: 2026-01-20, to: 2026-01-21 }]', freeze), now)).toBe(expected)
  })

  test('windows', () => {
    const windows = config('windows: ["Mon-Thu 09:00-16:00 Europe/Berlin", "Sat 10:00-11:00"]')
    expect(state(windows, Date.parse('2026-01-05T09:00:00Z'))).toBe('open')
    expect(state(windows, Date.parse('2026-01-09T09:00:00Z'))).toBe(
      'waiting: Outside Mon-Thu 09:00-16:00 Europe/Berlin, Sat 10:00-11:00; opens 2026-01-10T10:00:00Z.',
    )
  })

  test('all that is shut is told, and when all of it opens', () => {
    const plan = planFor(COMMITS, {
      config: config('soak: 30d, freeze: [{ from: 2026-01-10, to: 2026-01-12 }]'),
      now: day(10),
    })
    expect(reasonOf(plan)).toBe('Frozen until 2026-01-13T00:00:00Z; soaks in staging until 2026-02-01T00:00:00Z.')
    expect(plan.promotions[0]?.opens).toBe(Date.parse('2026-02-01T00:00:00Z'))
    expect(plan.pullRequests).toEqual([])
  })
})

describe('holds', () => {
  test.each([
    ['{ web@prod: waits for the migration }', 'held: Waits for the migration.'],
    ['{ "*@prod": hands off until 2026-01-11 }', 'held: Hands off until 2026-01-11.'],
    ['{ "web@*": hands off until 2026-01-10 }', 'open'],
    ['{ web@staging: hands off, api@prod: hands off }', 'open'],
  ])('%s', (hold, expected) => {
    expect(state(config('labels: []', `hold: ${hold}`))).toBe(expected)
  })

  test('a hold is graver than what it also waits for', () => {
    expect(state(config('soak: 90d', 'hold: { web@prod: hands off }'))).toMatch(/^held: Hands off; soaks in staging/)
  })

  const commented = (comment: string, above = '') => [
    COMMITS[0] as Files,
    {
      ...COMMITS[1],
      'envs/prod/web/kustomization.yaml': `images:\n  - name: web\n${above}    newTag: v1 ${comment}\n`,
    },
  ]

  test.each([
    ['# gitops: hold', '', 'held: A comment beside it.'],
    ['# gitops: hold until 2026-01-11', '', 'held: Until 2026-01-11.'],
    ['# gitops: hold until 2026-01-10', '', 'open'],
    ['# gitops: hold because of the audit', '', 'held: Of the audit.'],
    ['# gitops: hold until 2026-13-01', '', 'held: Until 2026-13-01 (which is no date such as 2026-10-01).'],
    ['', '    # gitops: hold\n', 'held: A comment beside it.'],
    ['# gitops: holder', '', 'open'],
  ])('a comment %j, above %j', (comment, above, expected) => {
    expect(state(config('labels: []'), day(10), commented(comment, above))).toBe(expected)
  })

  test('a comment holds its version only', () => {
    const prod = (log: string) =>
      `images:\n  - name: web\n    newTag: v1 # gitops: hold\n  - name: log\n    newTag: ${log}\n`
    const file = 'envs/prod/web/kustomization.yaml'
    const commits = [
      web({ staging: ['web:v1', 'log:v1'] }),
      { [file]: prod('v1') },
      web({ staging: ['web:v2', 'log:v2'] }),
    ]
    const plan = planFor(commits, { config: config('labels: []') })
    expect(told(plan)).toEqual(['web staging→prod open v1→v2'])
    expect(merged(plan)).toEqual({ [file]: prod('v2') })
    expect(plan.promotions[0]?.left).toEqual([`${file}:3 is held: a comment beside it.`])
  })
})

describe('what only the outside knows', () => {
  const check = { ask: 'check', app: 'web', environment: 'staging', name: 'e2e', since: 'c2' } as const
  const health = { ask: 'health', reporter: 'argocd', app: 'web', environment: 'staging', since: 'c2' } as const
  const image = { ask: 'image', need: 'exists', image: 'web', tag: 'v2' } as const
  const answers = (...list: [typeof check | typeof health | typeof image, Answer][]): Answers =>
    new Map(list.map(([question, answer]) => [questionKey(question), answer]))

  test('is asked for', () => {
    const text = config('checks: [e2e], health: argocd', "images: { '*': { verify: exists } }")
    expect(planFor(COMMITS, { config: text }).questions).toEqual([check, health, image])
    expect(planFor(COMMITS.slice(0, 1), { config: text }).questions).toEqual([])
  })

  test.each<[prod: string, answers: Answers, state: string]>([
    ['checks: [e2e]', answers(), 'waiting: Waits for e2e on staging, which cannot be known.'],
    [
      'checks: [e2e]',
      answers([check, { is: 'unknown', reason: '403' }]),
      'waiting: Waits for e2e on staging, which cannot be known (403).',
    ],
    ['checks: [e2e]', answers([check, { is: 'pending' }]), 'waiting: Waits for e2e on staging.'],
    ['checks: [e2e]', answers([check, { is: 'no' }]), 'waiting: Waits for e2e on staging, which failed.'],
    ['checks: [e2e]', answers([check, { is: 'yes' }]), 'open'],
    [
      'health: argocd',
      answers([check, { is: 'yes' }]),
      'waiting: Waits for the health of staging, which cannot be known.',
    ],
    ['health: argocd', answers([health, { is: 'yes' }]), 'open'],
    [
      'health: argocd, soak: 1d',
      answers([health, { is: 'yes', since: day(9) + HOUR }]),
      'waiting: Soaks in staging until 2026-01-10T01:00:00Z.',
    ],
    ['health: argocd, soak: 1d', answers([health, { is: 'yes', since: day(1) }]), 'open'],
    [
      'health: argocd, soak: 1d',
      answers(),
      'waiting: Waits for the health of staging, which cannot be known; soaks 1d in staging once it is healthy there.',
    ],
  ])('%s', (prod, given, expected) => {
    expect(state(config(prod), day(10), COMMITS, given)).toBe(expected)
  })

  test.each<[answer: Answer | undefined, state: string]>([
    [{ is: 'yes' }, 'open'],
    [{ is: 'no' }, 'blocked: The registry does not have web:v2.'],
    [{ is: 'unknown', reason: '429' }, 'waiting: Cannot know whether the registry has web:v2 (429).'],
    [undefined, 'waiting: Cannot know whether the registry has web:v2.'],
  ])('an image in the registry: %j', (answer, expected) => {
    const text = config('labels: []', 'images: { web: { verify: exists } }')
    expect(state(text, day(10), COMMITS, answer && answers([image, answer]))).toBe(expected)
  })
})

test('the configuration of the tests is one', () => {
  expect(configOf(config('soak: 2h')).environments?.get('prod')?.soak).toBe(2 * HOUR)
})
