import { describe, expect, test } from 'vitest'
import { readActionInputs, readLines } from '../../src/action/inputs.ts'
import { type Flag, readArguments } from '../../src/inputs/flag.ts'

const FLAGS: Flag[] = [
  { name: 'format', value: 'FORMAT', choices: ['text', 'json'], help: '' },
  { name: 'skip', value: 'KIND', list: true, help: '' },
  { name: 'base', value: 'REV', help: '' },
  { name: 'allow-empty', help: '' },
  { name: 'help', help: '' },
]

describe('arguments', () => {
  test.each<[args: string[], given: Record<string, string[]>, rest: string[]]>([
    [[], {}, []],
    [['a', 'b'], {}, ['a', 'b']],
    [['--format', 'json', 'a'], { format: ['json'] }, ['a']],
    [['a', '--format=json'], { format: ['json'] }, ['a']],
    [['--format=text', '--format=json'], { format: ['json'] }, []],
    [['--skip', 'A,B', '--skip=C', '--skip', ' D , '], { skip: ['A', 'B', 'C', 'D'] }, []],
    [['--allow-empty', 'a'], { 'allow-empty': ['true'] }, ['a']],
    [['--allow-empty=false'], { 'allow-empty': ['false'] }, []],
    [['--base', '-x'], { base: ['-x'] }, []],
    [['--base=a=b'], { base: ['a=b'] }, []],
    [['-', '--', '--format', '-x'], {}, ['-', '--format', '-x']],
    [['-h'], { help: ['true'] }, []],
  ])('%j', (args, given, rest) => {
    const read = readArguments(args, FLAGS)
    expect([Object.fromEntries(read.given), read.rest]).toEqual([given, rest])
  })

  test.each<[args: string[], says: RegExp]>([
    [['--fromat'], /did you mean --format/],
    [['-format'], /There is no flag -format/],
    [['--x'], /see --help/],
    [['--format'], /needs a value: --format FORMAT/],
    [['--format', 'xml'], /must be one of text, json, not "xml"/],
    [['--allow-empty=1'], /takes no value/],
    [['--__proto__'], /There is no flag/],
  ])('%j is a usage error', (args, says) => {
    expect(() => readArguments(args, FLAGS)).toThrow(says)
  })
})

describe('inputs of an action', () => {
  test.each<[environment: Record<string, string>, given: Record<string, string[]>]>([
    [{}, {}],
    [{ INPUT_FORMAT: '' }, {}],
    [{ INPUT_FORMAT: ' json\n' }, { format: ['json'] }],
    [{ INPUT_SKIP: 'A\n# not this\n\n  B, C\r\n' }, { skip: ['A', 'B', 'C'] }],
    [{ 'INPUT_ALLOW-EMPTY': 'True' }, { 'allow-empty': ['true'] }],
    [{ 'INPUT_ALLOW-EMPTY': 'false' }, { 'allow-empty': ['false'] }],
    [{ INPUT_ALLOW_EMPTY: 'true', format: 'json' }, {}],
  ])('%j', (environment, given) => {
    expect(Object.fromEntries(readActionInputs(environment, FLAGS))).toEqual(given)
  })

  test('a switch is true or false', () => {
    expect(() => readActionInputs({ 'INPUT_ALLOW-EMPTY': 'yes' }, FLAGS)).toThrow(/must be true or false, not "yes"/)
  })

  test('paths may hold commas and blanks', () => {
    expect(readLines({ INPUT_PATHS: 'a b,c\n  # no\nd' }, 'paths')).toEqual(['a b,c', 'd'])
    expect(readLines({}, 'paths')).toEqual([])
  })
})
