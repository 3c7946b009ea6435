import { describe, expect, test } from 'vitest'
import { withoutName } from '../../src/promote/axis.ts'
import { planFor, reasonOf, told } from './promote-world.ts'

const deployment = (name: string, tag: string) =>
  `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: c, image: "r/web:${tag}" }] } } }\n`
const release = (name: string, version: string) =>
  `---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: ${name} }\nspec: { chart: { spec: { chart: ${name.split('-')[0]}, version: ${version} } }, values: { image: { tag: ${version} } } }\n`
const CONFIG = (...names: string[]) =>
  `layout: envs/{env}/{app}\npromote: [images, charts]\nenvironments: { ${names[0]}: , ${names[1]}: { from: ${names[0]} } }\n`

describe('objects of one kind in one file', () => {
  test.each([
    ['staging', 'prod'],
    ['qa-eu', 'prod-eu'],
  ])('are the same where only the environment in their names differs: %s, %s', (from, to) => {
    const files = {
      [`envs/${from}/web/all.yaml`]: deployment(`web-${from}`, '1.1.0') + deployment(`worker-${from}`, '1.2.0'),
      [`envs/${to}/web/all.yaml`]: deployment(`worker-${to}`, '1.0.0') + deployment(`web-${to}`, '1.0.0'),
    }
    const plan = planFor([files], { config: CONFIG(from, to) })
    expect(told(plan)).toEqual([`web ${from}→${to} open 1.0.0→1.2.0 1.0.0→1.1.0`])
  })

  test('move chart and image together', () => {
    const files = (environment: string, version: string) => ({
      [`envs/${environment}/web/all.yaml`]:
        release(`web-${environment}`, version) + release(`worker-${environment}`, version),
    })
    const plan = planFor([{ ...files('staging', '1.1.0'), ...files('prod', '1.0.0') }], {
      config: CONFIG('staging', 'prod'),
    })
    expect(plan.promotions[0]?.changes).toHaveLength(4)
  })

  test('that could be either are not guessed, and told', () => {
    const files = {
      'envs/staging/web/all.yaml': deployment('one', '1.1.0') + deployment('two', '1.1.0'),
      'envs/prod/web/all.yaml': deployment('three', '1.0.0') + deployment('four', '1.0.0'),
    }
    const plan = planFor([files], { config: CONFIG('staging', 'prod') })
    expect(told(plan)).toEqual(['web staging→prod none'])
    expect(reasonOf(plan)).toBe(
      'envs/prod/web/all.yaml:5: It is not certain whether envs/staging/web/all.yaml:5 or envs/staging/web/all.yaml:10 is the same here; give both the same file, kind and name.',
    )
    const alike = { ...files, 'envs/staging/web/all.yaml': deployment('one', '1.0.0') + deployment('two', '1.0.0') }
    expect(told(planFor([alike], { config: CONFIG('staging', 'prod') }))).toEqual([])
  })
})

test.each([
  ['web-prod', 'prod', 'web-{env}'],
  ['web-prod-eu', 'prod-eu', 'web-{env}'],
  ['product', 'prod', 'product'],
  ['prod.prod/prod', 'prod', '{env}.{env}/{env}'],
  ['prod', '', 'prod'],
])('%s in %s is %s', (text, environment, neutral) => {
  expect(withoutName(text, environment)).toBe(neutral)
})
