import { expect, test } from 'vitest'
import { readActionInputs } from '../../src/action/inputs.ts'
import { readArguments } from '../../src/inputs/flag.ts'
import { ROLLBACK_FLAGS, readRollbackInputs } from '../../src/inputs/rollback.ts'
import { UsageError } from '../../src/report/failure.ts'

function read(...args: string[]) {
  const { given, rest } = readArguments(args, ROLLBACK_FLAGS)
  return readRollbackInputs(given, rest, false).request
}

test('one application in one environment', () => {
  expect(read('--app=web', '--environment', 'prod')).toEqual({ app: 'web', environment: 'prod' })
})

test.each([
  [['--app=a', '--app=b', '--environment=prod'], 'A rollback is of one application; '],
  [['--app=a,b', '--environment=prod'], 'A rollback is of one application; '],
  [['--app=a', '--environment=x', '--environment', 'y'], 'A rollback is in one environment; '],
  [['--app=a', '--environment=x,y'], 'A rollback is in one environment; '],
  [['--app=a', '--to', 'dev'], 'There is no flag --to; did you mean --environment or --to-version?'],
  [['--app=a', '--version', '1.0.0'], 'There is no flag --version; did you mean --to-version?'],
  [['--app=a', '--env=x'], 'There is no flag --env; did you mean --environment?'],
  [['--aap=a'], 'There is no flag --aap; did you mean --app?'],
])('%j is refused', (args, says) => {
  expect(() => read(...args)).toThrow(UsageError)
  expect(() => read(...args)).toThrow(says)
})

test.each([
  [{ INPUT_APP: 'a\nb', INPUT_ENVIRONMENT: 'prod' }, 'A rollback is of one application; '],
  [{ INPUT_APP: 'a', INPUT_ENVIRONMENT: 'x, y' }, 'A rollback is in one environment; '],
])('so are the inputs %j of the action', (inputs, says) => {
  expect(() => readActionInputs(inputs, ROLLBACK_FLAGS)).toThrow(says)
})
