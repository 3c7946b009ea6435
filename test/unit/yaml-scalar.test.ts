import { describe, expect, test } from 'vitest'
import { readPlain } from '../../src/yaml/scalar.ts'

// The columns of reference tables for go-yaml v2 (resolve.go) and YAML 1.2's core schema.
describe('a plain scalar is read as the cluster reads it', () => {
  test.each([
    ['yes', true, 'yes'],
    ['y', true, 'y'],
    ['On', true, 'On'],
    ['no', false, 'no'],
    ['N', false, 'N'],
    ['off', false, 'off'],
    ['010', 8, 10],
    ['-010', -8, -10],
    ['0o10', 8, '0o10'],
    ['0o_7', 7, '0o_7'],
    ['1_000', 1000, '1_000'],
    ['1_000.5', 1000.5, '1_000.5'],
    ['0b11', 3, '0b11'],
    ['-0x10', -16, '-0x10'],
  ])('%s is %j, not %j', (text, cluster, suggests) => {
    expect(readPlain(text)).toEqual({ cluster, suggests })
  })

  test.each([
    ['true', true],
    ['FALSE', false],
    ['', null],
    ['~', null],
    ['Null', null],
    ['0', 0],
    ['08', 8],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['+1', 1],
    ['0x1F', 31],
    ['12:30:45', '12:30:45'],
    ['2001-01-01', '2001-01-01'],
    ['1.2.3', '1.2.3'],
    ['1.10', 1.1],
    ['nginx', 'nginx'],
    ['yesterday', 'yesterday'],
    ['-', '-'],
    ['.', '.'],
    ['_1', '_1'],
  ])('%s is %j to everyone', (text, cluster) => {
    expect(readPlain(text)).toEqual({ cluster })
  })
})
