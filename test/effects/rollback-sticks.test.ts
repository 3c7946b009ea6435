import { afterEach, expect, test } from 'vitest'
import { commitMessageOf } from '../../src/promote/commit-message.ts'
import { wantedOf } from '../../src/promote/wanted.ts'
import { type Files, merged, reasonOf, told, web } from '../unit/promote-world.ts'
import { Repository } from './rollback-repository.ts'

const BRANCH = 'gitops/rollback/prod/web'

const repositories: Repository[] = []

afterEach(() => {
  for (const repository of repositories.splice(0)) repository.remove()
})

/** v2 went from staging to prod. */
function promoted(...more: Files[]): Repository {
  const repository = new Repository()
  repositories.push(repository)
  repository.commit(web({ staging: 'web:v1', prod: 'web:v1' }))
  repository.commit(web({ staging: 'web:v2' }))
  repository.commit(web({ prod: 'web:v2' }))
  for (const files of more) repository.commit(files)
  return repository
}

test('what was rolled back is not proposed again until the source changes', async () => {
  const repository = promoted()
  repository.take(await repository.rollback())
  expect(repository.read('envs/prod/web/kustomization.yaml')).toBe(
    web({ prod: 'web:v1' })['envs/prod/web/kustomization.yaml'],
  )
  const after = await repository.promotion()
  expect(told(after)).toEqual(['web staging→prod none'])
  expect(reasonOf(after)).toContain('v2 stood in envs/prod/web/kustomization.yaml:3 before and was replaced there')
  expect(told(await repository.promotion({ rollbacks: new Set([BRANCH]) }))).toEqual(['web staging→prod none'])
  repository.commit({ 'README.md': 'x' })
  expect(told(await repository.promotion())).toEqual(['web staging→prod none'])
  repository.commit(web({ staging: 'web:v3' }))
  expect(told(await repository.promotion())).toEqual(['web staging→prod open v1→v3'])
})

test('it goes back while the source keeps moving, and the promotion waits for it', async () => {
  const repository = promoted(web({ staging: 'web:v3' }))
  const before = await repository.rollback()
  repository.commit(web({ staging: 'web:v4' }))
  const rollback = await repository.rollback()
  expect(merged(rollback)).toEqual(merged(before))
  expect(merged(rollback)).toEqual(web({ prod: 'web:v1' }))
  const beside = await repository.promotion({ rollbacks: new Set([BRANCH]) })
  expect(told(beside)).toEqual(['web staging→prod held v2→v4'])
  expect(reasonOf(beside)).toBe(`A rollback is open on ${BRANCH}; merge it or close it first.`)
  expect(beside.pullRequests).toEqual([])
  repository.take(rollback)
  expect(told(await repository.promotion())).toEqual(['web staging→prod open v1→v4'])
})

test('a rollback of another application or environment holds nothing', async () => {
  const repository = promoted(web({ staging: 'web:v3' }))
  const rollbacks = new Set(['gitops/rollback/staging/web', 'gitops/rollback/prod/api', 'gitops/promote/prod/web'])
  expect(told(await repository.promotion({ rollbacks }))).toEqual(['web staging→prod open v2→v3'])
})

test('a later round of the same run does not undo the rollback that was merged meanwhile', async () => {
  const repository = promoted()
  const earlier = await repository.rollback()
  expect((await repository.rollback({ earlier })).promotions).toMatchObject([{ status: 'open' }])
  repository.take(earlier)
  const later = await repository.rollback({ earlier })
  expect(later.promotions).toMatchObject([{ status: 'none', reason: 'prod has been rolled back.', changes: [] }])
  expect(later.pullRequests).toEqual([])
})

test('asked for the version again, there is nothing to do', async () => {
  const repository = promoted()
  repository.take(await repository.rollback({ toVersion: 'v1' }))
  expect((await repository.rollback({ toVersion: 'v1' })).promotions).toMatchObject([{ status: 'none' }])
})

test('its commit says what it is', async () => {
  const plan = await promoted().rollback()
  const [request] = plan.pullRequests
  if (!request) throw new Error('nothing to roll back')
  const message = commitMessageOf(plan, wantedOf(plan, request, { draft: false }))
  expect(message).toMatch(/^Roll back web in prod to v1\n/)
  expect(message).toMatch(/^Gitops-Action: rollback$/m)
  expect(message).toMatch(/^Gitops-App: web$/m)
  expect(message).toMatch(/^Gitops-To: prod$/m)
  expect(message).not.toContain('Gitops-From')
})
