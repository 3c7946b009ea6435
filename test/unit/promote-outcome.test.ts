import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/action/settled.ts'
import type { PromotionStatus } from '../../src/promote/report.ts'
import { planFor, web } from './promote-world.ts'

const { pullRequests } = planFor([web({ staging: 'web:v2', prod: 'web:v1' })])
const NONE = { merged: [], failure: undefined }
const reported = (...statuses: PromotionStatus[]) => ({
  promotions: statuses.map((status) => ({ app: 'web', to: 'prod', status, changes: [] })),
})

test.each<[PromotionStatus[], string]>([
  [[], 'unchanged'],
  [['unchanged', 'waiting', 'held', 'none'], 'unchanged'],
  [['unchanged', 'open'], 'changed'],
  [['update'], 'changed'],
  [['close'], 'changed'],
  [['open', 'blocked'], 'blocked'],
])('%j is %s', (statuses, outcome) => {
  expect(outcomeOf(reported(...statuses), NONE)).toBe(outcome)
})

test('merging what stood already changes something', () => {
  expect(outcomeOf(reported('unchanged'), { ...NONE, merged: pullRequests })).toBe('changed')
})

test('what ended the run outweighs everything', () => {
  expect(outcomeOf(reported('blocked'), { merged: pullRequests, failure: new Error('gone') })).toBe('error')
})
