import { describe, expect, test } from 'vitest'
import type { Promotion } from '../../src/promote/plan.ts'
import { reportOf } from '../../src/promote/report.ts'
import { openRollback } from '../../src/promote/rollback/open.ts'
import { checkRollback, type RollbackRequest } from '../../src/promote/rollback/request.ts'
import { readSnapshot } from '../../src/promote/snapshot.ts'
import { rollbackTitle } from '../../src/promote/title.ts'
import { UsageError } from '../../src/report/failure.ts'
import { createTree } from '../../src/repository/tree.ts'
import { CHAIN, configOf, kustomization } from './promote-world.ts'

function promotion(app: string, to: string, ...versions: string[]): Promotion {
  const target = { kind: 'tag' }
  const changes = versions.map((version) => ({ target, old: 'v9', new: version }))
  return { app, from: [], to, status: 'open', gates: [], left: [], files: [], changes } as unknown as Promotion
}

describe('the request', () => {
  const bytes = new TextEncoder().encode(kustomization('web:v1'))
  const snapshot = readSnapshot(
    createTree(['envs/prod/web/kustomization.yaml'], () => bytes),
    configOf(CHAIN),
    'shop',
  )

  test.each<[asked: Partial<RollbackRequest>, message: string]>([
    [{ environment: 'prod' }, 'A rollback is of one application; name it with --app.'],
    [{ app: '', environment: 'prod' }, 'A rollback is of one application; name it with --app.'],
    [{ app: 'web' }, 'A rollback is in one environment; name it with --environment.'],
    [{ app: 'wbe', environment: 'prod' }, 'There is no application "wbe"; did you mean web?'],
    [{ app: 'web', environment: 'prd' }, 'There is no environment "prd"; did you mean prod?'],
    [{ app: 'web', environment: 'mars' }, 'There is no environment "mars"; there are dev, staging, prod.'],
  ])('%j is refused', (asked, message) => {
    expect(() => checkRollback(asked, snapshot)).toThrow(new UsageError(message))
  })

  test('an environment needs no source, nor the application there', () => {
    expect(() => checkRollback({ app: 'web', environment: 'prod' }, snapshot)).not.toThrow()
    expect(() => checkRollback({ app: 'web', environment: 'dev' }, snapshot)).not.toThrow()
  })
})

test.each([
  ['web', 'prod', ['v1'], 'Roll back web in prod to v1'],
  ['web', 'prod', ['v1', 'v1', '1.0.0'], 'Roll back web in prod to v1, 1.0.0'],
  ['@octocat', 'prod', ['v1'], 'Roll back an application in prod to v1'],
  ['web', 'prod', [`sha256:${'ab'.repeat(32)}`], 'Roll back web in prod to abababababab'],
  ['web', 'prod', [], 'Roll back web in prod'],
  ['a'.repeat(200), 'prod', ['v1'], `Roll back ${'a'.repeat(109)}…`],
])('the title of %s in %s to %j', (app, to, versions, title) => {
  expect(rollbackTitle(promotion(app, to, ...versions))).toBe(title)
})

test('an open rollback is found by its branch, whatever the names', () => {
  const rollbacks = new Set(['gitops/rollback/prod/web', 'gitops/rollback/prod/a-b-c8687a08'])
  expect(openRollback({ app: 'web', to: 'prod' }, rollbacks)).toBe('gitops/rollback/prod/web')
  expect(openRollback({ app: 'web', to: 'staging' }, rollbacks)).toBeUndefined()
  expect(openRollback({ app: 'a b', to: 'prod' }, new Set())).toBeUndefined()
})

test('the report has no source, and tells what stops nothing', () => {
  const rollback = { ...promotion('web', 'prod'), notes: ['It undoes 1a2b3c4.', 'Frozen.'] }
  const report = reportOf({ action: 'rollback', promotions: [rollback], pullRequests: [], questions: [], skipped: [] })
  expect(report.promotions).toEqual([
    { app: 'web', to: 'prod', status: 'open', reason: 'It undoes 1a2b3c4. Frozen.', changes: [] },
  ])
})
