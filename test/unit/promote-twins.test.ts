import { expect, test } from 'vitest'
import { planFor, reasonOf, told, web } from './promote-world.ts'

test('a file whose path another repeats but for case is not written', () => {
  const plan = planFor([
    { ...web({ staging: 'web:v2', prod: 'web:v1' }), 'envs/prod/Web/Kustomization.yaml': 'images: []\n' },
  ])
  expect(told(plan)).toContain('web staging→prod blocked v1→v2')
  expect(reasonOf(plan)).toContain(
    'envs/prod/web/kustomization.yaml and envs/prod/Web/Kustomization.yaml differ by case alone',
  )
})

test('a version asked for by name that the target has already is told so', () => {
  const commits = [web({ staging: 'web:v1', prod: 'web:v1' }), web({ staging: 'web:v2' })]
  const plan = planFor(commits, { request: { version: 'v1' } })
  expect(told(plan)).toEqual(['web staging→prod none'])
  expect(reasonOf(plan)).toBe('prod has v1 already.')
})
