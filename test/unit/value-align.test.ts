import { describe, expect, test } from 'vitest'
import { alignPath, hasPath, valueAt } from '../../src/source/value.ts'
import type { PathStep } from '../../src/yaml/locate.ts'

const rendered = {
  containers: [
    { name: 'side', ports: [{ containerPort: 1 }] },
    { name: 'web', ports: [{ containerPort: 80 }, { containerPort: 443 }] },
  ],
  args: ['-v', '-x'],
}
const written = {
  containers: [{ name: 'web', ports: [{ containerPort: 443 }] }],
  args: ['-x'],
}

describe('an item is found again by what names it', () => {
  test.each<[path: PathStep[], aligned: PathStep[] | undefined]>([
    [
      ['containers', 1, 'name'],
      ['containers', 0, 'name'],
    ],
    [
      ['containers', 1, 'ports', 1, 'containerPort'],
      ['containers', 0, 'ports', 0, 'containerPort'],
    ],
    [['containers', 0, 'name'], undefined],
    [['containers', 1, 'ports', 0], undefined],
    [
      ['args', 1],
      ['args', 0],
    ],
    [
      ['args', 0],
      ['args', 0],
    ],
    [['args', 7], undefined],
    [
      ['other', 'field'],
      ['other', 'field'],
    ],
    [[], []],
  ])('%j', (path, aligned) => {
    expect(alignPath(rendered, written, path)).toEqual(aligned)
  })
})

test.each<[value: unknown, path: PathStep[], at: unknown, has: boolean]>([
  [{ a: { b: 1 } }, ['a', 'b'], 1, true],
  [{ a: null }, ['a'], null, true],
  [{ a: 1 }, ['b'], undefined, false],
  [{}, ['toString'], undefined, false],
  [{}, ['__proto__'], undefined, false],
  ['text', ['length'], undefined, false],
  [null, [], null, true],
])('%j at %j', (value, path, at, has) => {
  expect([valueAt(value, path), hasPath(value, path)]).toEqual([at, has])
})
