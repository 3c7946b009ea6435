import { expect, test } from 'vitest'
import { refuseEmpty, unmet } from '../../src/promote/unmet.ts'
import { CHAIN, web, worldOf } from './promote-world.ts'

const both = web({ staging: 'web:v2', prod: 'web:v1' })
const told = (config: string, files = both) => {
  const world = worldOf([files], config)
  return unmet(world.base, world.config)
}

test('an environment without any application is told: its name may be misspelt', () => {
  expect(told(CHAIN)).toEqual(['No application was found in the environment "dev".'])
  expect(told(CHAIN, { ...both, ...web({ dev: 'web:v2' }) })).toEqual([])
})

test('where the tree has another name for it, that is told, too', () => {
  const config = CHAIN.replaceAll('dev', 'Dev')
  expect(told(config, { ...both, ...web({ dev: 'web:v2' }) })).toEqual([
    'No application was found in the environment "Dev"; did you mean dev?',
  ])
})

test('a hold of what there is not is told: it would hold nothing', () => {
  const config = CHAIN.replace('  dev:\n', '').replace('{ from: dev }', '')
  expect(told(`${config}hold: { wbe@prod: load test }\n`)).toEqual([
    'hold names "wbe", and there is no such application; did you mean web?',
  ])
  expect(told(`${config}hold: { web@prod: load test, "*@staging": load test }\n`)).toEqual([])
})

test('a layout that fits nothing is refused', () => {
  const { base } = worldOf([both], CHAIN.replace('envs/', 'env/'))
  expect(() => refuseEmpty(base)).toThrow('where the layout "env/{env}/{app}" says')
})
