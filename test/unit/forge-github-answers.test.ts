import { expect, test } from 'vitest'
import { answerOf } from '../../src/forge/github/answers.ts'
import { type CommitNode, type Report, reportsOf } from '../../src/forge/github/reports.ts'

const question = { ask: 'check', app: 'web', environment: 'dev', name: 'e2e', since: 'a' } as const
const health = { ask: 'health', reporter: 'github', app: 'web', environment: 'dev', since: 'a' } as const
const check = (state: Report['state'], at = 0, more: Partial<Report> = {}): Report => {
  return { name: 'e2e', kind: 'check', state, at, ...more }
}
const on = (commits: Record<string, Report[]>) => new Map(Object.entries(commits))

test.each<[string, Record<string, Report[]>, object]>([
  ['nothing was said', {}, { is: 'pending' }],
  ['it runs', { a: [check('pending')] }, { is: 'pending' }],
  ['it failed', { a: [check('failure', 0, { reason: 'two tests' })] }, { is: 'no', reason: 'two tests' }],
  ['a later success clears a failure', { a: [check('failure')], b: [check('success', 5)] }, { is: 'yes', since: 5 }],
  [
    'a later failure takes no success back',
    { a: [check('success', 1)], b: [check('failure', 9)] },
    { is: 'yes', since: 1 },
  ],
  ['the first success counts', { a: [check('success', 8)], b: [check('success', 3)] }, { is: 'yes', since: 3 }],
  ['the newest commit decides', { a: [check('failure', 9)], b: [check('pending', 1)] }, { is: 'pending' }],
  ['the newest word of a commit decides', { a: [check('failure', 9), check('pending', 1)] }, { is: 'no' }],
  ['other names do not count', { a: [check('success', 1, { name: 'e2e ' })] }, { is: 'pending' }],
  ['a deployment is no check', { a: [check('success', 1, { kind: 'deployment' })] }, { is: 'pending' }],
  ['other commits do not count', { z: [check('success')] }, { is: 'pending' }],
])('%s', (_, commits, expected) => {
  expect(answerOf(question, ['a', 'b'], on(commits))).toEqual(expected)
})

test.each<[string, 'argocd' | 'github', Report, string]>([
  ['what verify wrote', 'argocd', check('success', 0, { name: 'gitops/verify/dev/web' }), 'yes'],
  ['of another application', 'argocd', check('success', 0, { name: 'gitops/verify/dev/web2' }), 'pending'],
  ['a deployment', 'github', check('success', 0, { kind: 'deployment', name: 'dev' }), 'yes'],
  [
    'a deployment where an operator reports',
    'argocd',
    check('success', 0, { kind: 'deployment', name: 'dev' }),
    'pending',
  ],
  ['a check named as the environment', 'github', check('success', 0, { name: 'dev' }), 'pending'],
])('health: %s', (_, reporter, report, expected) => {
  expect(answerOf({ ...health, reporter }, ['a'], on({ a: [report] })).is).toBe(expected)
})

const run = (status: string, conclusion: string | null): CommitNode => {
  const node = { __typename: 'CheckRun', name: 'e2e', status, conclusion, startedAt: null, completedAt: null } as const
  return { statusCheckRollup: { contexts: { nodes: [node], pageInfo: { hasNextPage: false, endCursor: null } } } }
}

test.each([
  ['IN_PROGRESS', null, 'pending'],
  ['QUEUED', null, 'pending'],
  ['COMPLETED', 'SUCCESS', 'success'],
  ['COMPLETED', 'NEUTRAL', 'success'],
  ['COMPLETED', 'FAILURE', 'failure'],
  ['COMPLETED', 'TIMED_OUT', 'failure'],
  ['COMPLETED', 'ACTION_REQUIRED', 'pending'],
  ['COMPLETED', 'SKIPPED', undefined],
  ['COMPLETED', 'STALE', undefined],
])('a check run that is %s with %s', (status, conclusion, expected) => {
  expect(reportsOf(run(status, conclusion))[0]?.state).toBe(expected)
})

test('a deployment that was replaced has succeeded all the same', () => {
  const said = (state: string, minute: number) => {
    return { state, description: null, createdAt: `2026-09-01T12:0${minute}:00Z` }
  }
  const node = (...nodes: ReturnType<typeof said>[]): CommitNode => {
    return { deployments: { nodes: [{ environment: 'dev', statuses: { nodes } }] } }
  }
  const at = Date.UTC(2026, 8, 1, 12, 3)
  expect(reportsOf(node(said('INACTIVE', 5), said('SUCCESS', 3)))).toEqual([
    { name: 'dev', kind: 'deployment', state: 'success', at },
  ])
  expect(reportsOf(node(said('ERROR', 3), said('IN_PROGRESS', 2)))[0]?.state).toBe('failure')
  expect(reportsOf(node(said('INACTIVE', 3)))[0]?.state).toBe('pending')
  expect(reportsOf(node())).toEqual([])
})

test('null wherever GitHub allows it', () => {
  expect(reportsOf({ statusCheckRollup: null, status: null, deployments: null })).toEqual([])
  expect(reportsOf({ deployments: { nodes: [{ environment: null, statuses: null }] } })).toEqual([])
})
