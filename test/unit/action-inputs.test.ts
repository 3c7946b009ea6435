import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { commonFlags } from '../../src/commands/command.ts'
import type { Flag } from '../../src/inputs/flag.ts'
import { PROMOTE_FLAGS, PROMOTE_FORMATS } from '../../src/inputs/promote.ts'
import { ROLLBACK_FLAGS } from '../../src/inputs/rollback.ts'
import { VALIDATE_FLAGS, VALIDATE_FORMATS } from '../../src/inputs/validate.ts'

interface Action {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>
  outputs: Record<string, { description: string }>
}

const read = (...path: string[]) => readFileSync(join(import.meta.dirname, '..', '..', ...path), 'utf8')
const action = (...path: string[]) => load(read(...path)) as Action

const ACTIONS: [name: string, flags: readonly Flag[], formats: readonly string[], more: string[]][] = [
  ['validate', VALIDATE_FLAGS, VALIDATE_FORMATS, ['paths']],
  ['promote', PROMOTE_FLAGS, PROMOTE_FORMATS, []],
  ['rollback', ROLLBACK_FLAGS, PROMOTE_FORMATS, []],
]

describe.each(ACTIONS)('%s', (name, own, formats, more) => {
  const { inputs } = action('actions', name, 'action.yml')
  const flags = [...own, ...commonFlags(formats)].filter((flag) => flag.name !== 'help')

  test('has an input for each long flag, and those of every action', () => {
    const expected = [...flags.map((flag) => flag.name), ...more, 'token', 'working-directory']
    expect(Object.keys(inputs).sort()).toEqual(expected.sort())
  })

  test('says of inputs that are true or false which they are at first', () => {
    const booleans = flags.filter(({ value, choices }) => value === undefined && !choices).map((flag) => flag.name)
    expect(booleans.length).toBeGreaterThan(0)
    expect(booleans.map((flag) => [flag, inputs[flag]?.default])).toEqual(booleans.map((flag) => [flag, 'false']))
  })

  test('tells of each in its README', () => {
    const table = read('actions', name, 'README.md').split('\n')
    const told = table.flatMap((line) => [...(/^\| (`.*?) \|/.exec(line)?.[1] ?? '').matchAll(/`([\w-]+)`/g)])
    expect(told.map(([, input]) => input)).toEqual(expect.arrayContaining(Object.keys(inputs)))
  })

  test('names every choice', () => {
    for (const { name: flag, choices = [] } of flags) {
      const { description = '', default: chosen = '' } = inputs[flag] ?? {}
      const missing = choices.filter((choice) => !`${description} ${chosen}`.includes(choice))
      expect([flag, missing]).toEqual([flag, []])
    }
  })
})

test('the action at the root is validate', () => {
  const root = action('action.yml')
  const validate = action('actions', 'validate', 'action.yml')
  expect(root.inputs).toEqual(validate.inputs)
  expect(root.outputs).toEqual(validate.outputs)
})
