import { describe, expect, test } from 'vitest'
import { knownName } from '../../src/promote/environment-name.ts'

describe('the region behind the name of an environment', () => {
  test.each([
    'prod-eu',
    'prod-us-east-1',
    'prod-useast',
    'prod-euwest1a',
    'prod-us-gov-west-1',
    'prod-1',
    'prod-apac2',
    'prod-us1b3',
    'pre-prod-eu',
  ])('%s', (name) => expect(knownName(name)).toBeDefined())

  test.each(['prod-web', 'prod-eu-', 'prod-eu--1', 'prod-eu-x', 'prod-1bc', 'prod-eu_1', 'my-prod'])(
    'is not what stands in %s',
    (name) => expect(knownName(name)).toBeUndefined(),
  )

  test.each(['0', '0a', '-0', 'east', '0east', 'a0-'])('%s without end is read in linear time', (text) => {
    expect(knownName(`prod-us${text.repeat(5000)}!`)).toBeUndefined()
  })
})
